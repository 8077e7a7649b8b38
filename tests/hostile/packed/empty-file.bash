# tries: to hand in an empty file
# score: 0
# says: undefined reference to `main'
mkdir "$folder/$name"
: >"$folder/$name/server.c"
