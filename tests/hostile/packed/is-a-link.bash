# tries: to hand in a link to the solution
# score: 0
# says: server.c is a link, not a file
mkdir "$folder/$name"
ln -s "$solution/server.c" "$folder/$name/server.c"
