# tries: to hand in much more than anybody can read
# score: 0
# says: server.c is larger than 1 MiB
mkdir "$folder/$name"
truncate -s 3M "$folder/$name/server.c"
