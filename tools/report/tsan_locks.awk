# The locks that each access held, from the text of ThreadSanitizer's reports,
# which is the only place where it says so. One line a report, in JSON, in the
# order of the reports: [["M1"],[]] for two accesses.

function finish() {
    if (inside)
        printf "[%s]\n", accesses
    inside = 0
    accesses = ""
}

/^WARNING: ThreadSanitizer: / { finish(); inside = 1 }

# "  Previous write of size 4 at 0x55 by thread T1 (mutexes: write M0, read M2):"
inside && /^  [A-Za-z ]+ of size [0-9]+ at 0x[0-9a-f]+ by / {
    locks = ""
    if (match($0, /\(mutexes: [^)]*\)/)) {
        count = split(substr($0, RSTART + 10, RLENGTH - 11), part, ", ")
        for (i = 1; i <= count; i++) {
            sub(/^[a-z]+ /, "", part[i])
            locks = locks (i > 1 ? "," : "") "\"" part[i] "\""
        }
    }
    accesses = accesses (accesses == "" ? "" : ",") "[" locks "]"
}

/^SUMMARY: ThreadSanitizer: / { finish() }
END { finish() }
