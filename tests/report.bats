#!/usr/bin/env bats
# What the detectors say of a lab's server.
load lib/kit
load lib/labs

@test "a lab without threads: one sentence, exit status 2" {
    run tools/report/report 01
    assert_failure 2
    assert_output 'report: lab 01-client has no threads: the race detectors have nothing to look at'
}

@test "the racy seats: each finding a sentence with its lines, and the raw reports" {
    run tools/report/report 05
    assert_failure 1
    assert_line --regexp '^ThreadSanitizer finds [0-9]+ races\.$'
    assert_line --regexp '^Helgrind finds [0-9]+ races\.$'
    assert_output --partial 'data race on `seats`: '
    assert_output --partial 'data race on `sold`: '
    assert_line --regexp '^      seats\.c:[0-9]+ +sold\+\+;'
    assert_line '      raw report: build/report/05-race/tsan.txt'
    run grep -c 'WARNING: ThreadSanitizer' build/report/05-race/tsan.txt
    assert_success
    run grep -c 'Possible data race' build/report/05-race/helgrind.txt
    assert_success
}

@test "nothing to find: exit status 0" {
    run tools/report/report 06 --from solutions/06-mutex
    assert_success
    assert_line 'ThreadSanitizer finds nothing.'
    assert_line 'Helgrind finds nothing.'
}

@test "a server that hangs meanwhile: what was found until then" {
    mkdir "$scratch/work"
    sed 's/^    sold--;/    for (;;)\n        pause();/; s/^#include <string.h>/&\n#include <unistd.h>/' \
        labs/common/seats.c >"$scratch/work/seats.c"
    run tools/report/report 06 --from "$scratch/work"
    assert_failure 1
    assert_line --regexp '^ThreadSanitizer finds [0-9]+ races?\.$'
    assert_line 'It was stopped: the server died or hung (make check shows where).'
    assert_output --partial 'data race on `s'
}

@test "locks in opposite orders: where they are taken" {
    run tools/report/report 08
    assert_failure 1
    assert_line --regexp '^ThreadSanitizer finds [0-9]+ contradictions? in the order of locks\.$'
    assert_line --regexp '\(see seats_move at seats\.c:[0-9]+\)$'
}

@test "without Helgrind ThreadSanitizer still reports" {
    mkdir "$scratch/bin"
    printf '#!/bin/bash\nexit 1\n' >"$scratch/bin/valgrind"
    chmod +x "$scratch/bin/valgrind"
    PATH="$scratch/bin:$PATH" run tools/report/report 06 --from solutions/06-mutex
    assert_success
    assert_line 'ThreadSanitizer finds nothing.'
    assert_line --partial 'helgrind does not work here'
}

@test "code that does not build: one sentence" {
    copy_solution 06-mutex "$scratch/work"
    echo 'x' >>"$scratch/work/seats.c"
    run tools/report/report 06 --from "$scratch/work"
    assert_failure 1
    assert_line --partial 'report: it does not build: '
}
