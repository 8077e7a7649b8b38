#!/usr/bin/env bats
# The soak: what a whole one says is in tests/long.
load lib/kit

@test "a soak of no minutes, or of more than one number: one sentence, exit status 2" {
    run tests/bench/soak 0
    assert_failure 2
    assert_output 'soak: usage: soak [MINUTES]   (make soak MINUTES=2)'
    run tests/bench/soak 1 2
    assert_failure 2
}
