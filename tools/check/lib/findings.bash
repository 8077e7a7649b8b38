# Lab 05: what the student found, against what the detectors find.

# Prints the fields of a section of findings.md as one JSON object: variable,
# locks, wrong, first and second (operation, function, line).
read_section() { # <title>
    awk -v title="## $1" '
        $0 == title { inside = 1; next }
        /^## / { inside = 0 }
        inside && /^- [a-z ]+: / {
            gsub(/`/, "")
            name = $0
            sub(/^- /, "", name)
            value = name
            sub(/:.*/, "", name)
            sub(/^[^:]*: */, "", value)
            printf "%s\t%s\n", name, value
        }' "$CHECK_FROM/findings.md" |
        jq -R -s '
            def access: capture("^(?<operation>reads|writes) in (?<function>[A-Za-z_0-9]+) at seats\\.c:(?<line>[0-9]+)$")
                | .line |= tonumber | .operation |= rtrimstr("s");
            [split("\n")[] | select(. != "") | split("\t") | {(.[0]): .[1]}] | add // {}
            | {variable: (.variable // "?"), locks: (.["locks held"] // "?"), wrong: (.["what goes wrong"] // "?"),
               first: ((.["first access"] // "") | (access? // null)),
               second: ((.["second access"] // "") | (access? // null))}'
}

# The section must be filled in, in the form that the handout asks for.
section_is_complete() { # <title> <section>
    local missing
    missing=$(jq -r '
        if .variable == "?" then "the variable"
        elif .first == null then "the first access (as: reads in seats_book at seats.c:12)"
        elif .second == null then "the second access (as: writes in seats_book at seats.c:12)"
        elif .locks == "?" then "the locks held"
        elif .wrong == "?" then "what goes wrong"
        else "" end' <<<"$2")
    [[ -z $missing ]] ||
        fails "'$1' in findings.md names the variable, both accesses and the locks" "it does not name $missing"
}

# The two accesses must be a race that the detector has found, on that variable,
# and in the places that the section is about: the lines of seats.c with these
# anchors.
race_was_found() { # <title> <section> <findings> <first anchor> <second anchor>
    local first second
    first=$(line_of "$4") second=$(line_of "$5")
    jq -e -s --argjson section "$2" --argjson first "$first" --argjson second "$second" '
        def is($claim): .operation == $claim.operation
            and any(.frames[]; .function == $claim.function and .line == $claim.line);
        def at($line): any(.frames[]; .line == $line and (.file | endswith("seats.c")));
        any(.[]; .kind == "data-race" and .variable == "`\($section.variable)`"
            and ((.accesses[0] | is($section.first) and at($first)) and (.accesses[1] | is($section.second) and at($second))
              or (.accesses[1] | is($section.first) and at($first)) and (.accesses[0] | is($section.second) and at($second))))
        and ($section.locks | test("^(none|no lock|-)$"; "i"))' <<<"$3" >/dev/null && return
    explain "what it finds on \`$(jq -r .variable <<<"$2")\`: $(
        jq -c --arg variable "\`$(jq -r .variable <<<"$2")\`" 'select(.variable == $variable)' <<<"$3" |
            explain_findings | head -n 1
    )"
    fails "the race in '$1' is one that the detector finds, in the place that loses" \
        "$(jq -r '"\(.variable): \(.first.operation)s in \(.first.function) at line \(.first.line), \(.second.operation)s in \(.second.function) at line \(.second.line), locks: \(.locks)"' <<<"$2")"
}

# The number of the line of seats.c that carries an anchor.
line_of() { # <anchor>
    grep -n -m 1 -E "// @$1\$" "$CHECK_KIT/labs/common/seats.c" | cut -d : -f 1
}

# Two clients book, one right after the other, so that each line of the booking
# meets itself in another thread. (The names: see meet_in_pairs.)
book_in_pairs() {
    connect abigail
    connect bernard
    ask abigail 'HELLO abigail' 'OK hello abigail'
    ask bernard 'HELLO bernard' 'OK hello bernard'
    ask abigail 'BOOK 1' 'OK 1'
    ask bernard 'BOOK 1' 'ERR taken abigail'
    ask bernard 'BOOK 2' 'OK 2'
    ask abigail 'QUIT' 'OK bye'
    ask bernard 'QUIT' 'OK bye'
}

# What ThreadSanitizer, and what Helgrind, says of that.
findings_of_tsan() {
    start_tsan_server
    book_in_pairs
    stop_server
    tsan_findings "$TSAN_FINDINGS" "$(compgen -G "$record/tsan.*[0-9]" | head -n 1)" >"$record/findings"
}

findings_of_helgrind() {
    start_helgrind_server
    book_in_pairs
    stop_server
    helgrind_findings "$record/helgrind.txt" >"$record/findings"
}
