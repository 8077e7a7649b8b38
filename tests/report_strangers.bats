#!/usr/bin/env bats
# What strangers' programs have taught the report: what it says of them is true, and
# is said once. The programs are in tests/report.
load lib/kit

# Whether a detector works here is found out once.
prepare() {
    export CHECK_CACHE=$BATS_FILE_TMPDIR
}

report() { # <program> <option>...
    run tools/report/report --out "$scratch/out" "${@:2}" "tests/report/$1.c"
}

# The titles of the findings, false alarms marked.
titles() {
    jq -r '.findings[] | (if .false_alarm == null then "" else "(no mistake) " end) + .title' "$scratch/out/report.json"
}

@test "of an array it is the element that is named" {
    report array --detectors tsan
    assert_failure 1
    assert_line ' 1  data race on left[3] (int, array.c:4)'
}

@test "what only release and acquire order is no mistake: who does not understand them is marked" {
    report flag --detectors tsan,helgrind,drd,interleave
    assert_success
    assert_line 'Nothing was found.'
    assert_output --regexp 'no mistake of yours: .*not understand C11 atomics'
    [[ $(titles | grep -v '^(no mistake) ') == '' ]]
}

@test "to signal behind the lock is no mistake if no order loses a wakeup" {
    report late_signal --detectors tsan,helgrind,drd,interleave
    assert_success
    [[ $(titles | grep -v '^(no mistake) ') == '' ]]
}

@test "locks in memory from malloc have names, and are not taken for one another" {
    report accounts --detectors tsan,interleave
    assert_failure 1
    assert_line '1 finding.'
    assert_line --regexp '^ 1  data race on account#1\[[01]\]\.balance \(from malloc at accounts\.c:[0-9]+\)$'
    assert_output --regexp 'holds account#1\[[01]\]\.lock, the[[:space:]]+second[[:space:]]+account#1\[[01]\]\.lock'
    refute_output --partial 'both hold'
}

@test "a use after free that comes of a race is told with the race, once" {
    report list --detectors tsan,interleave
    assert_failure 1
    assert_line '     seen by   ThreadSanitizer, interleave'
    assert_line '1 finding.'
    assert_line ' 1  data race on head (struct node *, list.c:10)'
    assert_line --regexp '^     leads to  T[12] .*(which T[12] freed before|double free: T[12] had freed it)'
    run grep -c 'use after free' <(titles)
    assert_output 0
}

@test "a local variable of a function that has returned is no race on what lies there now" {
    report returned --detectors tsan,helgrind,asan,interleave
    assert_failure 1
    assert_line ' 1  use after free: a local variable of a function that has returned'
    assert_output --partial "T1 reads a local variable of a function of main's that has returned"
    assert_line '1 finding.'
}

@test "who wakes without a signal and does not look again: the step, the lock, the lab" {
    report early --detectors interleave
    assert_failure 1
    assert_line --regexp '^ 1  stolen wakeup'
    assert_output --partial 'T1 wakes at line 14 though nobody has'
    assert_line '     buy (T1), holding lock:'
    assert_line --regexp '14 +wakes, unsignalled, at returned  <--'
    assert_line --partial 'lab 09'
}

@test "a detector that does not know <threads.h> says so; interleave shows the race again" {
    report c11 --detectors tsan,interleave
    assert_failure 1
    assert_line '  ThreadSanitizer  absent: it crashes: it does not know the threads of'
    assert_line --regexp '^       T1  9 +writes sold -> 1  <--$'
    refute_output --partial 'could not show it again'
}

@test "what comes of a wrong unlock is no mistake of its own" {
    report gate --detectors tsan,helgrind,drd,interleave
    assert_failure 1
    assert_equal "$(titles)" 'misuse on gate'
}

@test "code of which no line is known: the report says how to compile it" {
    gcc -pthread -o "$scratch/program" tests/report/list.c
    run tools/report/report --out "$scratch/out" --detectors helgrind -- "$scratch/program"
    assert_failure 1
    assert_output --partial 'compile it with -g'
}

@test "--input is what the program reads, in every run; without it there is nothing to read" {
    report reads --detectors interleave
    assert_success
    printf 'one\ntwo\n' >"$scratch/input"
    report reads --detectors interleave --input "$scratch/input"
    assert_failure 1
    assert_line --regexp '^ 1  data race on lines'
    report reads --input "$scratch/nothing"
    assert_failure 2
    assert_output "report: there is no $scratch/nothing"
}

@test "of two files with one name no line is shown that may be the other's" {
    mkdir "$scratch/one" "$scratch/other"
    cp tests/report/gate.c "$scratch/one/part.c"
    printf 'int other;\n' >"$scratch/other/part.c"
    run tools/report/report --out "$scratch/out" --detectors tsan "$scratch/one/part.c" "$scratch/other/part.c"
    assert_failure 1
    assert_line --regexp '^       part\.c:[0-9]+ *$'
}

@test "nothing is wider than 80 columns, whatever the names" {
    cp tests/report/accounts.c "$scratch/a_file_with_a_rather_long_name_for_a_file.c"
    run tools/report/report --out "$scratch/out" --detectors tsan,interleave "$scratch/a_file_with_a_rather_long_name_for_a_file.c"
    assert_failure 1
    run grep -E '^.{81}' <(grep -v "$scratch" <<<"$output")
    assert_output ''
}

@test "what is initialized twice is one mistake, with its name, whoever saw it" {
    report twice --detectors helgrind,drd,interleave
    assert_failure 1
    assert_line ' 1  misuse: what is initialized already is initialized again'
    assert_line '     seen by   Helgrind, DRD, interleave'
    assert_line '1 finding.'
}

@test "an exit status that is no signal's is none" {
    report minus_one --detectors tsan,helgrind
    assert_failure 1
    refute_output --partial signal
}

@test "a program that dies behind a finding: the finding is there" {
    report dies --detectors helgrind,interleave
    assert_failure 1
    assert_line ' 1  misuse: a thread ends with a lock'
    refute_output --partial 'fault'
}

@test "a function of the C library that is at fault: what to use instead, and why the others are silent" {
    report words --detectors tsan,interleave
    assert_failure 1
    assert_line ' 1  data race: strtok() remembers its place for all threads: use strtok_r()'
    assert_line --partial 'not by    ThreadSanitizer: it does not look at what the C library keeps'
}
