# tries: to hand in what is no text
# score: 0
# says: error
mkdir "$folder/$name"
seq 100 | sha512sum | tr -d ' \n-' | tr '0-9a-f' '\000-\017' >"$folder/$name/server.c"
