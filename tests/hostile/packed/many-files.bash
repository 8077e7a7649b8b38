# tries: to take every inode when it is unpacked
# score: 100
# says: ^$
mkdir "$scratch/many"
(cd "$scratch/many" && seq 20000 | xargs touch)
cp "$solution/server.c" "$scratch/many"
tar -C "$scratch/many" -czf "$folder/$name.tar.gz" .
