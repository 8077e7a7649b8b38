# tries: to confuse whoever handles names: ends of lines, quotes, dashes, options
# score: 100
# says: ^$
mkdir -p "$folder/$name/-rf" "$folder/$name/a
b"
cp "$solution/server.c" "$folder/$name/"
touch "$folder/$name/--checkpoint=1" "$folder/$name/--checkpoint-action=exec=sh x.sh" "$folder/$name/-I" \
    "$folder/$name/\"; touch climbed; '" "$folder/$name/\$(touch climbed)" "$folder/$name/* ?"
