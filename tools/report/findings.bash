# Makes findings of what a detector has written. Source it.
#
# Findings are JSON, one a line: see normalize.jq. The same accesses of the
# same variable are one finding, however often they were reported.

report_tools=$(dirname "${BASH_SOURCE[0]}")

# What ThreadSanitizer reported, from the file that tsan_findings.c wrote and
# the text of the reports.
tsan_findings() { # <findings file> <text file>
    [[ -s $1 ]] || return 0
    # A report is one object in one line: the locks become its last field.
    awk -f "$report_tools/tsan_locks.awk" "$2" |
        paste "$1" - | sed 's/}\t\(\[.*\)$/,"held":\1}/' | unique_findings
}

# What Helgrind reported, from its text.
helgrind_findings() { # <text file>
    awk -f "$report_tools/helgrind.awk" "$1" | unique_findings
}

# Reports, one a line, to findings, each once. (One jq for all, because it takes its time
# to start. A line that is broken off is no report.)
unique_findings() {
    jq -n -R -c -L "$report_tools" 'include "normalize";
        [inputs | fromjson? | objects | normalize] | unique_by([.kind, (.variable // "" | sub("[.\\[].*"; "")), (.accesses | map([.function, .line, .operation]) | sort)])
        | sort_by(.accesses | map(.line // 0))[]'
}

# One sentence for each finding on standard input.
explain_findings() {
    jq -r -L "$report_tools" 'include "explain"; explain'
}

# How many findings there are, and of what kind: "1 race", "2 races".
in_words() { # <findings>
    local count kind=race kinds=races
    count=$(wc -l <<<"$1")
    if ! grep -qv '"kind":"lock-order-inversion"' <<<"$1"; then
        kind='contradiction in the order of locks' kinds='contradictions in the order of locks'
    elif [[ $1 != *'"kind":"data-race"'* ]]; then
        kind=mistake kinds=mistakes
    fi
    echo "$count $( ((count == 1)) && echo "$kind" || echo "$kinds")"
}
