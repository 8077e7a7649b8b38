#!/usr/bin/env bats
# The last lab's server, for a minute, with all that clients do.
load ../lib/kit

@test "after a minute of everything nothing is left, and SIGTERM ends it with exit status 0" {
    run tests/bench/soak 1
    assert_success
    assert_output --partial 'with exit status 0'
    assert_line --partial 'The house stands.'
}
