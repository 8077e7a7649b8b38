# tries: to keep the grader reading for ever
# score: 0
# says: server.c is missing
mkdir "$folder/$name"
mkfifo "$folder/$name/server.c"
