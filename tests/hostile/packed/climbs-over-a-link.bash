# tries: to be unpacked through a link that it brings along
# score: 0
# says: server.c is (missing|a link, not a file)
mkdir -p "$scratch/over/first" "$scratch/over/then/out"
ln -s /tmp "$scratch/over/first/out"
cp "$solution/server.c" "$scratch/over/then/out/climbed.c"
ln -s "$solution/server.c" "$scratch/over/then/server.c"
tar -C "$scratch/over/first" -cf "$scratch/over/all.tar" out
tar -C "$scratch/over/then" -rf "$scratch/over/all.tar" out/climbed.c server.c
gzip <"$scratch/over/all.tar" >"$folder/$name.tar.gz"
