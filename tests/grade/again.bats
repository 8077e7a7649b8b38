#!/usr/bin/env bats
# A check that took too long is run once more, alone, before it counts.
load ../lib/kit

field() { # <jq filter>
    jq -r "$1" "$scratch/out/slow/result.json"
}

prepare() {
    mkdir -p "$scratch/class/slow"
}

grade() {
    run build/bin/grade --lab 02 --out "$scratch/out" "$scratch/class"
    assert_success
}

@test "what never ends is tried twice, and fails; the rest stays as it was" {
    printf 'int main(void)\n{\n    int unused;\n    for (;;)\n        continue;\n}\n' >"$scratch/class/slow/server.c"
    grade
    assert_line 'once more, one at a time, what took too long:'
    assert_equal "$(field .score)" 0
    assert_equal "$(field '[.checks[] | select(.timed_out) | .tries] | unique | @csv')" 2
    # The warning is no matter of time.
    assert_equal "$(field '.checks[0] | "\(.tries) \(.raw[0])"')" '1 raw/plain.complaints'
    [[ -s $scratch/out/slow/raw/plain.complaints ]]
    run cat "$scratch/out/slow/index.html"
    assert_output --partial '2: it took too long, and was run again, alone'
}

@test "who is only slow to begin, more than the first try waits, loses nothing" {
    awk '{ print } /^int main/ { inside = 1 } inside && /^{/ { print "    sleep(6);"; inside = 0 }' \
        solutions/02-server/server.c >"$scratch/class/slow/server.c"
    grade
    assert_line 'once more, one at a time, what took too long:'
    assert_equal "$(field .score)" 100
    assert_equal "$(field '[.checks[].tries] | unique | @csv')" '1,2'
}
