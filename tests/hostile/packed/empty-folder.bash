# tries: to hand in nothing
# score: 0
# says: ^server.c is missing$
mkdir "$folder/$name"
