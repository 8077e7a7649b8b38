#!/usr/bin/env bats
# interleave finds every known bug of the set with each of 20 seeds.
load ../lib/kit
load ../lib/explored
load ../lib/interleave_set

readonly seconds_limit=900 # for one program

setup_file() {
    build_set
}

@test "mix finds the bug of every program within 1,000 schedules, with each of 20 seeds" {
    # shellcheck disable=SC2046 # one word a name
    run missed 20 1000 $(set_programs)
    assert_output ''
}

@test "mix finds a deep bug within 8,000 schedules, with each of 5 seeds" {
    # shellcheck disable=SC2046 # one word a name
    run missed 5 8000 $(deep_programs)
    assert_output ''
}

@test "nothing is found in the same programs without the bug: 1,000 schedules prove most, 5,000 by chance" {
    run judge_right 1000 5000
    assert_output --regexp '^[0-9]+ are proved right$'
    ((${output%% *} >= 42))
}
