#!/usr/bin/env bats
# Where nothing is wrong the report finds nothing, whoever looks; and what takes a
# detector its time.
# takes 180 s
load ../lib/kit

# All detectors look at it; whatever does not count says so itself.
finds_nothing() { # <option or file>...
    run tools/report/report --out "$scratch/out" --json "$scratch/report.json" --seconds 60 "$@"
    assert_success
    assert_line 'Nothing was found.'
    run jq -r '.detectors[] | select(.state != "complete") | "\(.name) is \(.state): \(.reason)"' "$scratch/report.json"
    [[ $output != *' is incomplete'* ]] || fail "$output"
}

@test "the fixed program of every demo" {
    local demo
    for demo in slides/demos/*/fixed.c; do
        finds_nothing "$demo"
    done
}

# Lab 04 still has the common seats.c, whose races lab 05 is about.
@test "the solution of every lab from 06 on" {
    local lab
    for lab in 06-mutex 07-atomicity 08-deadlock 09-pool 10-watch; do
        finds_nothing --lab "$lab" --from "solutions/$lab"
    done
}

# Valgrind reads all debug information for it, the C library's too.
@test "Helgrind, too, has the name of a local variable" {
    run tools/report/report --out "$scratch/out" --detectors helgrind --demo 04
    assert_failure 1
    assert_line ' 1  data race on connection (int)'
}
