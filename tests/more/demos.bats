#!/usr/bin/env bats
# All demos, as they are shown; and what the detectors say, at both levels.
load ../lib/kit

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

@test "what the detectors say at -O0 and -O2 is what demo.json claims" {
    tools/matrix --runs 2 --plain 5 --to "$scratch"
    tools/demo.d/claims "$scratch/matrix.json"
}
