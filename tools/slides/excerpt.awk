# Prints a part of a source file, without the indentation that its lines share.
#
# -v place=NAME        the definition of that name: from its first line, which is not
#                      indented, to the brace that ends it
# -v place=FROM,TO      from the first line that FROM matches to the next that TO does
#                      (regular expressions, in which a dot stands for a blank as well)
# -v place=FROM,        that one line
#
# Exit status 1 if the file has no such part.
BEGIN {
    range = index(place, ",")
    from = range ? substr(place, 1, range - 1) : "(^|[^A-Za-z0-9_])" place "([^A-Za-z0-9_]|$)"
    to = range ? substr(place, range + 1) : "^[}]"
}

# A declaration ends with a semicolon, a definition does not.
function begins(line) {
    return line ~ from && (range || (line ~ /^[a-z]/ && line !~ /;$/))
}

!inside && !done && begins($0) {
    inside = 1
    kept[++count] = $0
    done = range && to == ""
    if (done)
        inside = 0
    next
}

inside {
    kept[++count] = $0
    if ($0 ~ to) {
        done = 1
        inside = 0
    }
}

function indentation(line) {
    match(line, /^ */)
    return RLENGTH
}

END {
    if (!done)
        exit 1
    least = 1000
    for (i = 1; i <= count; i++)
        if (kept[i] != "" && indentation(kept[i]) < least)
            least = indentation(kept[i])
    for (i = 1; i <= count; i++)
        print substr(kept[i], least + 1)
}
