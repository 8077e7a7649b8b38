#!/usr/bin/env bats
# interleave finds every known bug of the set, and nothing where there is none.
# For confidence see tests/long/interleave_set.bats.
load lib/kit
load lib/explored
load lib/interleave_set

setup_file() {
    build_set
}

# What is found in which schedule, without the time that it took.
result_of() { # <option of env>...
    (
        cd /
        env "$@" "$OLDPWD/build/bin/interleave" explore --json --ignore-races --seed 5 "$OLDPWD/$set/wrong/$name"
    ) | sed 's/, "seconds": .*//'
}

@test "mix finds the bug of every program within 1,000 schedules" {
    # shellcheck disable=SC2046 # one word a name
    run missed 1 1000 $(set_programs)
    assert_output ''
}

@test "nothing is found in the same programs without the bug, and most are proved right" {
    run judge_right 120 40
    assert_output --regexp '^[0-9]+ are proved right$'
    ((${output%% *} >= 33))
}

# The environment moves the stack, and the process is another one every time.
@test "the same seed finds the same in any environment" {
    local name expected large
    large=$(printf '%05000d' 0)
    for name in early_free double_checked on_the_stack sorted_list twostage_20; do
        expected=$(result_of)
        [[ $expected == '{"found": true, '* ]]
        assert_equal "$(result_of -i)" "$expected"
        assert_equal "$(result_of "LARGE=$large")" "$expected"
        assert_equal "$(result_of MALLOC_PERTURB_=85)" "$expected"
    done
}

@test "seeds are independent: a strategy does not find everything with the same luck" {
    local seed firsts=()
    for seed in 1 2 3 4 5 6 7 8; do
        firsts+=("$(first_finding reorder_10 pos $seed)")
    done
    # If seeds shared their runs, each would come one schedule earlier.
    run sort -n -u < <(printf '%s\n' "${firsts[@]}")
    ((${#lines[@]} >= 3))
    for ((seed = 1; seed < 7; seed++)); do
        ((firsts[seed - 1] - firsts[seed] != 1 || firsts[seed] - firsts[seed + 1] != 1))
    done
}
