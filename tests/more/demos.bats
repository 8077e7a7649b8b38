#!/usr/bin/env bats
# All demos, as they are shown; and what the detectors say, at both levels.
# takes 480 s
load ../lib/kit

setup_file() {
    make --no-print-directory --silent shown-demos
}

@test "each of the twenty is shown in five acts, and its fix is proved" {
    local demo
    # shellcheck source=tools/demo.d/lib.bash
    . tools/demo.d/lib.bash
    for demo in $(all_demos); do
        run tools/demo "$demo"
        assert_success
        assert_line --partial '5 of 5'
        refute_line --regexp '^.{101}'
    done
}

@test "the losing schedule of each loses, 20 times of 20" {
    local demo options status
    # shellcheck source=tools/demo.d/lib.bash
    . tools/demo.d/lib.bash
    for demo in $(all_demos); do
        mapfile -t options < <(demo_options "$demo")
        for _ in {1..20}; do
            status=0
            build/bin/interleave replay --quiet "${options[@]}" "$demos/$demo/losing.sched" \
                "build/demos/$demo/racy.O0.interleave" 2>/dev/null || status=$?
            ((status == 1)) || fail "$demo: status $status"
        done
    done
}

# Which signal comes when is left to chance.
@test "with signals, 10,000 schedules of the fixed program pass" {
    build/bin/interleave explore --quiet --json build/demos/16-signal-handler/fixed.O0.interleave |
        jq -e '.found == false and .schedules == 10000'
}

@test "what the detectors say at -O0 and -O2 is what demo.json claims" {
    tools/matrix --runs 2 --plain 5 --to "$scratch"
    tools/demo.d/claims "$scratch/matrix.json"
}
