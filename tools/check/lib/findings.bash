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
            def access: capture("^(?<operation>reads|writes) in (?<function>[A-Za-z_0-9]+)(\\(\\))? at ([^ ]*/)?seats\\.c:(?<line>[0-9]+)[.]?$"; "i")
                | .line |= tonumber | .operation |= (ascii_downcase | rtrimstr("s"));
            [split("\n")[] | select(. != "") | split("\t") | {(.[0]): .[1]}] | add // {}
            | {variable: (.variable // "?"), locks: (.["locks held"] // "?"), wrong: (.["what goes wrong"] // "?"),
               said: [.["first access"] // "?", .["second access"] // "?"],
               first: ((.["first access"] // "") | (access? // null)),
               second: ((.["second access"] // "") | (access? // null))}'
}

# The section must be filled in, in the form that the handout asks for.
section_is_complete() { # <title> <section>
    local missing
    missing=$(jq -r '
        def complaint($which; $access; $said):
            if $access != null then empty
            elif ($said | test("[?]")) then "it does not name the \($which) access"
            else "the \($which) access is not of the form \"reads in seats_who at seats.c:78\": \($said)" end;
        [ if .variable == "?" then "it does not name the variable" else empty end,
          complaint("first"; .first; .said[0]), complaint("second"; .second; .said[1]),
          if .locks == "?" then "it does not name the locks held (or: none)" else empty end,
          if .wrong == "?" then "it does not say what goes wrong" else empty end ] | first // ""' <<<"$2")
    [[ -z $missing ]] ||
        fails "'$1' in findings.md names the variable, both accesses and the locks" "$missing"
}

# The two accesses must be a race that the detector has found, on that variable,
# and in the places that the section is about: the lines of seats.c with these
# anchors. They may come in either order.
race_was_found() { # <title> <section> <findings> <first anchor> <second anchor>
    local said claim
    claim=$(judge_claim "$2" "$3" "$(line_of "$4")" "$(line_of "$5")")
    said=$(jq -r '"\(.variable): \(.said[0]); \(.said[1])"' <<<"$2")
    case $claim in
    right) locks_are_right "$1" "$2" ;;
    elsewhere) fails "'$1' names the two accesses that make it lose" "$said: the detector finds that race, too, but it is not this one" ;;
    unknown) fails "'$1' names a variable as the detector does" "'$(jq -r .variable <<<"$2")'; it finds races on $(jq -r .variable <<<"$3" | sort -u | tr -d '\`' | paste -sd ' ')" ;;
    *) fails "the detector finds the race in '$1'" "$said: it does not (make report LAB=05 shows what it finds)" ;;
    esac
}

# What a section claims: right; elsewhere, a race, but not this one; unknown, a
# variable on which there is none; wrong.
judge_claim() { # <section> <findings> <first line> <second line>
    jq -n -r --argjson section "$1" --argjson first "$3" --argjson second "$4" '
        def is($claim): .operation == $claim.operation
            and any(.frames[]; .function == $claim.function and .line == $claim.line);
        def at($line): any(.frames[]; .line == $line and (.file | endswith("seats.c")));
        def pairs: [.accesses[0], .accesses[1]], [.accesses[1], .accesses[0]];
        def claimed: any(pairs; (.[0] | is($section.first)) and (.[1] | is($section.second)));
        def meant: any(pairs; (.[0] | at($first)) and (.[1] | at($second)));
        [inputs | select(.kind == "data-race" and .variable == "`\($section.variable)`")]
        | if length == 0 then "unknown"
          elif any(.[]; claimed and meant) then "right"
          elif any(.[]; claimed) then "elsewhere"
          else "wrong" end' <<<"$2"
}

# Nobody holds a lock there.
locks_are_right() { # <title> <section>
    local locks
    locks=$(jq -r .locks <<<"$2")
    [[ ! ${locks,,} =~ ^(none|-|neither|nobody|no lock|no locks)([^a-z]|$) ]] || return 0
    fails "'$1' says which locks are held, as the report does" "'$locks' (if there is none, write: none)"
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
    stop_listening
    tsan_findings "$record/tsan.json" "$record/tsan.txt" >"$record/findings"
    found_something ThreadSanitizer
}

findings_of_helgrind() {
    start_helgrind_server
    book_in_pairs
    stop_server
    stop_listening
    helgrind_findings "$record/helgrind.txt" >"$record/findings"
    found_something Helgrind
}

# The racy server is ours: a detector that finds nothing there does not work.
found_something() { # <name>
    [[ -s $record/findings ]] || ungraded "$1 finds nothing in the racy server (make doctor)"
}
