# Makes findings of what a detector has written. Source it.
#
# Findings are JSON, one a line: see normalize.jq. The same accesses of the
# same variable are one finding, however often they were reported.

report_tools=$(dirname "${BASH_SOURCE[0]}")

# What ThreadSanitizer reported, from the file that tsan_findings.c wrote and
# the text of the reports.
tsan_findings() { # <findings file> <text file>
    [[ -s $1 ]] || return 0
    awk -f "$report_tools/tsan_locks.awk" "$2" |
        paste "$1" - |
        while IFS=$'\t' read -r report locks; do
            jq -c --argjson locks "${locks:-[]}" -f "$report_tools/normalize.jq" <<<"$report"
        done | unique_findings
}

# What Helgrind reported, from its text.
helgrind_findings() { # <text file>
    awk -f "$report_tools/helgrind.awk" "$1" |
        jq -c --argjson locks '[]' -f "$report_tools/normalize.jq" | unique_findings
}

unique_findings() {
    jq -c -s 'unique_by([.kind, (.variable // "" | sub("[.\\[].*"; "")), (.accesses | map([.function, .line, .operation]) | sort)])
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
