#!/usr/bin/env bats
# The front door.
load lib/kit

# What make would do before it is no matter here.
@test "a lab that does not exist: one sentence that lists the labs, exit status 2" {
    run make --no-print-directory --old-file tools check LAB=77
    assert_failure
    assert_output --partial "there is no lab '77'; the labs are: 01-client 02-server"
    run tools/check/check 77
    assert_failure 2
}

@test "no LAB at all: one sentence that lists the labs, exit status 2" {
    run make --no-print-directory --old-file setup hint
    assert_failure
    assert_output --partial 'which lab? Say LAB= and one of: 01-client'
    run tools/hint ''
    assert_failure 2
}

@test "plain make lists the commands, by who needs them, in 80 columns" {
    run make --no-print-directory
    assert_success
    local command
    for command in setup doctor demo board check watch hint reset report handout test lint clean; do
        assert_line --regexp "^  make $command +[a-z]"
    done
    assert_line 'You are a student'
    assert_line 'You are an instructor'
    assert_line 'You are a lecturer'
    refute_line --regexp '^.{81}'
}

@test "a lab may be called 1, 01 or 01-client" {
    local name
    for name in 1 01 01-client; do
        run tools/build "$name" --to "$scratch/$name"
        assert_success
        assert_line "built $scratch/$name/client"
    done
}
