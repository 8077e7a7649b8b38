#!/usr/bin/env bats
# All labs at a glance.
load lib/kit
load lib/handout

prepare() {
    unpack_handout 06
}

state() { # <lab>
    tools/board | grep "^ $1"
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
    tools/check/check 05 --quiet || true
    run state 05-race
    assert_output --regexp '^ 05-race +\.{10}  begun +0 of 80 '
    jq '.score = .max' build/check/05-race/result.json >new && mv new build/check/05-race/result.json
    run state 05-race
    assert_output --regexp '^ 05-race +#{10}  passed +80 of 80 '
}

@test "a file that was saved after the check: changed" {
    tools/check/check 05 --quiet || true
    touch -d '1 minute' labs/05-race/findings.md
    run state 05-race
    assert_output --partial 'changed; was'
}

@test "it fits into 80 columns" {
    tools/check/check 05 --quiet || true
    run tools/board
    refute_line --regexp '^.{81}'
}
