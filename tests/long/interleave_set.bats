#!/usr/bin/env bats
# interleave finds every known bug of the set with each of 20 seeds.
load ../lib/kit
load ../lib/interleave_set

setup_file() {
    export SET
    SET=$(mktemp -d)
    build_set "$SET"
}

teardown_file() {
    rm -rf "$SET"
}

@test "mix finds the bug of every program within 1,000 schedules, with each of 20 seeds" {
    # shellcheck disable=SC2046 # one word a name
    run missed "$SET" 20 1000 $(set_programs)
    assert_output ''
}

@test "mix finds a deep bug within 8,000 schedules, with each of 5 seeds" {
    # shellcheck disable=SC2046 # one word a name
    run missed "$SET" 5 8000 $(deep_programs)
    assert_output ''
}

@test "nothing is found in 5,000 schedules of the same programs without the bug" {
    run wrongly_found "$SET" 5000
    assert_output ''
}
