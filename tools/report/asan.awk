# One sentence of AddressSanitizer's first report: what was done, where, and to what.
#
# A report has parts, each with its stack: the access, who freed the memory, who
# allocated it. The first frame that is in a file of a lab counts.

/ERROR: AddressSanitizer: / && kind == "" {
    kind = $3
    part = "access"
    next
}
/^(READ|WRITE) of size/ { deed = tolower($1) "s" }
/^freed by thread/ { part = "freed" }
/^previously allocated by/ { part = "allocated" }
/^SUMMARY/ { exit }
$1 ~ /^#[0-9]+$/ && part != "" && place[part] == "" && $NF ~ /\.c:[0-9]+/ && $NF !~ /libsanitizer|sysdeps|nptl/ {
    file = $NF
    sub(/.*\//, "", file)
    place[part] = $4 " (" file ")"
}
END {
    printf "%s: %s %s", kind, place["access"] == "" ? "somebody" : place["access"], deed == "" ? "goes wrong" : deed " memory"
    if (place["freed"] != "")
        printf " that %s has freed", place["freed"]
    if (place["allocated"] != "")
        printf "; it was allocated by %s", place["allocated"]
    print ""
}
