# tries: to hand in a disk
# score: 0
# says: the submission is larger than 32 MiB
mkdir "$folder/$name"
head -c 40M /dev/urandom >"$folder/$name/0"
cp "$solution/server.c" "$folder/$name/"
