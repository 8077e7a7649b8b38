# tries: to be unpacked outside of its folder
# score: 0
# says: server.c is missing
tar -C "$solution" -P -czf "$folder/$name.tar.gz" --transform 's|^|../../../../../tmp/climbed-|' server.c
