# tries: to let the grader choose
# score: 0
# says: there are 2 files server.c in it: hand in one
mkdir -p "$folder/$name/old" "$folder/$name/new"
cp "$solution/server.c" "$folder/$name/old"
cp labs/02-server/server.c "$folder/$name/new"
