# tries: to hand in what nobody may read
# score: 100
# says: ^$
mkdir "$folder/$name"
cp "$solution/server.c" "$folder/$name/"
tar -C "$folder/$name" --mode=000 -czf "$folder/$name.tar.gz" server.c
rm -r "${folder:?}/$name"
