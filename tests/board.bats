#!/usr/bin/env bats
# All labs at a glance. What a real check leaves for it is in handout.bats.
load lib/kit
load lib/handout

prepare() {
    enter_handout
}

state() { # <lab>
    tools/board | grep "^ $1"
}

# What the last check of lab 05 has found.
last_result() { # <score> <of how many points>
    mkdir -p build/check/05-race
    echo "{\"score\": $1, \"max\": $2}" >build/check/05-race/result.json
}

@test "an argument: exit status 2" {
    run tools/board 06
    assert_failure 2
}

@test "before the first check: not begun, or not checked" {
    run state 01-client
    assert_output --regexp '^ 01-client +\.{10}  not begun +The customer'
    echo '// mine' >>labs/01-client/client.c
    run state 01-client
    assert_output --regexp '^ 01-client +\.{10}  not checked '
}

@test "after a check: the points, and passed when all visible ones are there" {
    last_result 0 80
    run state 05-race
    assert_output --regexp '^ 05-race +\.{10}  begun +0 of 80 '
    last_result 47 80
    run state 05-race
    assert_output --regexp '^ 05-race +#{5}\.{5}  begun +47 of 80 '
    last_result 80 80
    run state 05-race
    assert_output --regexp '^ 05-race +#{10}  passed +80 of 80 '
    last_result 0 0 # nothing could be graded
    run state 05-race
    assert_output --regexp '^ 05-race +\.{10}  begun +0 of 0 '
}

@test "a file that was saved after the check: changed" {
    last_result 47 80
    touch -d '1 minute' labs/05-race/findings.md
    run state 05-race
    assert_output --partial 'changed; was'
}

@test "it fits into 80 columns" {
    last_result 47 80
    run tools/board
    refute_line --regexp '^.{81}'
}
