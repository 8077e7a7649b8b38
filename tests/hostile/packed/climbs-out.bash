# tries: to be unpacked outside of its folder
# score: 0
# says: server.c is missing
mkdir -p "$scratch/climb/a"
cp "$solution/server.c" "$scratch/climb/server.c"
tar -C "$scratch/climb/a" -P -czf "$folder/$name.tar.gz" --transform 's|^|../../../../tmp/climbed/|' ../server.c
