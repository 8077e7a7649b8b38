#!/usr/bin/env bats
# The systematic search misses nothing, for many programs.
load ../lib/kit
load ../lib/random_program

@test "60 programs made by chance: what comes out in any run, the systematic search has seen" {
    run missed_outcomes 100 159 1000
    assert_output ''
}
