# tries: to hand in a folder that is a link to the solution's
# score: 0
# says: server.c is missing
mkdir "$folder/$name"
ln -s "$solution" "$folder/$name/mine"
