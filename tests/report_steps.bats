#!/usr/bin/env bats
# The steps of a report, each by itself: from a detector's words to findings, to one
# report in which each mistake is once, to what is told. Nothing is run here.
load lib/kit

# ---- a detector's words ----

# The findings that a function of findings.bash makes: the variable, and for each access
# whose, where, and with which locks.
found() { # <function> <file>...
    run bash -c '. tools/report/findings.bash && "$@"' _ "$@"
    run jq -r '"\(.variable): " + ([.accesses[] | "\(.thread), in \(.function) at \(.line), with \(.locks | join(" and "))"] | join(", "))' <<<"$output"
}

@test "ThreadSanitizer: each access has the locks that it held, and not those of the other" {
    cat >"$scratch/data" <<'END'
{"tool":"ThreadSanitizer","kind":"data-race","accesses":[{"thread":2,"operation":"write","frames":[{"function":"refund","file":"/a/seats.c","line":9}]},{"thread":1,"operation":"write","frames":[{"function":"sell","file":"/a/seats.c","line":5}]}],"location":{"type":"global","name":"sold"},"mutexes":{"M1":"red","M2":"blue"},"threads":{}}
END
    cat >"$scratch/text" <<'END'
WARNING: ThreadSanitizer: data race (pid=7)
  Write of size 4 at 0x5581 by thread T2 (mutexes: write M1, read M2):
    #0 refund seats.c:9 (server+0x1)
  Previous write of size 4 at 0x5581 by thread T1:
    #0 sell seats.c:5 (server+0x2)
SUMMARY: ThreadSanitizer: data race seats.c:9 in refund
END
    found tsan_findings "$scratch/data" "$scratch/text"
    assert_output '`sold`: T2, in refund at 9, with blue and red, T1, in sell at 5, with '
}

@test "Helgrind: the variable is what was accessed, not the lock; its threads are one more" {
    cat >"$scratch/text" <<'END'
==7== ----------------------------------------------------------------
==7==
==7==  Lock at 0x10C0A0 was first observed
==7==    at 0x48476F4: pthread_mutex_lock (hg_intercepts.c:945)
==7==    by 0x1091E5: sell (seats.c:4)
==7==  Address 0x10c0a0 is 0 bytes inside data symbol "red"
==7==
==7== Possible data race during write of size 4 at 0x10C090 by thread #3
==7== Locks held: none
==7==    at 0x109220: refund (seats.c:9)
==7==
==7== This conflicts with a previous write of size 4 by thread #2
==7== Locks held: 1, at address 0x10C0A0
==7==    at 0x1091EF: sell (seats.c:5)
==7==  Address 0x10c090 is 0 bytes inside data symbol "sold"
==7==
==7== ----------------------------------------------------------------
END
    found helgrind_findings "$scratch/text"
    assert_output '`sold`: T2, in refund at 9, with , T1, in sell at 5, with red'
}

# ---- one report ----

# An access in a function that has the name of its thread.
readonly words='
    def access($thread; $line; $operation):
        {operation: $operation, atomic: false, $thread, locks: [], through: null, function: $thread, lines: true,
         file: "seats.c", path: "labs/seats.c", $line, frames: [{function: $thread, file: "seats.c", $line}]};
    def finding($tool; $kind; $variable; $accesses):
        {$tool, $kind, text: "", sentence: "", variable: ($variable | if . == null then null else "`\(.)`" end),
         offset: 0, at: null, mutexes: [], accesses: $accesses};
    def race($tool; $variable; $one; $other):
        finding($tool; "data-race"; $variable; [access("alice"; $one; "write"), access("bob"; $other; "write")]);
    def half($tool; $variable; $line): finding($tool; "data-race"; $variable; [access("bob"; $line; "write")]);
    def locks($tool; $kind; $lines): finding($tool; $kind; null; [$lines[] | access("alice"; .; "call")]);'

# Makes a report of such findings, and prints a line for each of its own.
merge() { # <findings, in jq>
    run jq -n -r -L tools/report "$words"'
        ['"$1"'] as $all
        | {program: "seats", sources: {"seats.c": {path: "my 100% labs/seats.c", text: "\n\n\n\n    if (a < b) sold++;\n"}}, declared: {}, known: [], detectors: [
            ["ThreadSanitizer", "Helgrind", "DRD", "AddressSanitizer"][] as $name
            | {name: $name, state: "complete", reason: null, raw: [], tried: null,
               findings: [$all[] | select(.tool == $name)]}]}'
    jq -r -L tools/report -f tools/report/merge.jq <<<"$output" >"$scratch/report.json"
    run jq -r '.findings[] | "\(.title), by \(.seen | join(" and "))"
        + ([.also[].places[].line] | if . == [] then "" else ", also in \(map(tostring) | join(" and "))" end)' "$scratch/report.json"
}

@test "a race that two detectors have seen is one" {
    merge 'race("ThreadSanitizer"; "sold"; 5; 9), race("Helgrind"; "sold"; 9; 5)'
    assert_output 'data race on sold, by ThreadSanitizer and Helgrind'
}

@test "races on two variables are two, also in the same lines" {
    merge 'race("ThreadSanitizer"; "sold"; 5; 9), race("ThreadSanitizer"; "left"; 5; 9)'
    assert_line 'data race on sold, by ThreadSanitizer'
    assert_line 'data race on left, by ThreadSanitizer'
    assert_equal "${#lines[@]}" 2
    merge 'race("ThreadSanitizer"; "seats[1].holder"; 5; 9), race("Helgrind"; "seats[1].sold"; 5; 9)'
    assert_equal "${#lines[@]}" 2
}

@test "races on one variable are one, and each place is told" {
    merge 'race("ThreadSanitizer"; "sold"; 5; 9), race("Helgrind"; "sold"; 20; 21)'
    assert_output 'data race on sold, by ThreadSanitizer and Helgrind, also in 20 and 21'
    merge 'race("ThreadSanitizer"; "seats[1].holder"; 5; 9), race("ThreadSanitizer"; "seats[2].holder"; 20; 21)'
    assert_output --regexp '^data race on seats\[[12]\]\.holder, by ThreadSanitizer, also in [0-9]+ and [0-9]+$'
}

@test "half of a race belongs to the whole one on that variable, and to no other" {
    merge 'race("ThreadSanitizer"; "sold"; 5; 9), half("DRD"; "sold"; 9)'
    assert_output 'data race on sold, by ThreadSanitizer and DRD'
    merge 'race("ThreadSanitizer"; "sold"; 5; 9), half("DRD"; "left"; 9)'
    assert_equal "${#lines[@]}" 2
}

@test "a deadlock belongs to the order of its locks, and not to that of others" {
    merge 'locks("ThreadSanitizer"; "lock-order-inversion"; [5, 6]), locks("Helgrind"; "mutex-double-lock"; [6])'
    assert_equal "${#lines[@]}" 1
    assert_output --partial 'by ThreadSanitizer and Helgrind'
    merge 'locks("ThreadSanitizer"; "lock-order-inversion"; [5, 6]), locks("Helgrind"; "lock-order-inversion"; [15, 16])'
    assert_equal "${#lines[@]}" 2
}

@test "a thread that is left and memory that is left are two; each of them, twice, is one" {
    merge 'locks("ThreadSanitizer"; "thread-leak"; [5]), locks("AddressSanitizer"; "memory-leak"; [5]),
        locks("ThreadSanitizer"; "thread-leak"; [5])'
    assert_equal "${#lines[@]}" 2
}

# ---- and is told ----

told() { # <format> <option of jq>...
    run jq -r -L tools/report -f "tools/report/$1.jq" "${@:2}" "$scratch/report.json"
}

@test "as a page: nothing in a name or in the source is taken for HTML" {
    merge 'race("ThreadSanitizer"; "<i>sold"; 5; 9) | .accesses[].function = "<b>sell"'
    told html --arg style ''
    assert_output --partial '    if (a &lt; b) sold++;'
    assert_output --partial '&lt;i&gt;sold'
    refute_output --partial '<i>'
    refute_output --partial '<b>'
}

@test "as SARIF: a path is an address, in which blanks and % have numbers" {
    merge 'race("ThreadSanitizer"; "sold"; 5; 9)'
    told sarif
    run jq -r '.runs[].results[].locations[].physicalLocation.artifactLocation.uri' <<<"$output"
    assert_output my%20100%25%20labs/seats.c
}

@test "for editors: the line and, counted from 1, the column of the variable" {
    merge 'race("ThreadSanitizer"; "sold"; 5; 9)'
    told gcc
    assert_line --index 0 --partial 'my 100% labs/seats.c:5:16: warning: data race on '
}
