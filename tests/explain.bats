#!/usr/bin/env bats
# The one sentence above a raw report: which variable, which two accesses, which
# lock each held.
load lib/kit

# The programs are built by make: tests/report/explained.c has all the mistakes.
program=build/tests/report/explained

explain_tsan() { # <mistake>
    rm -f "$scratch"/{findings,log.*}
    TSAN_FINDINGS="$scratch/findings" TSAN_OPTIONS="log_path=$scratch/log exitcode=0" \
        setarch -R $program.tsan "$1"
    run bash -c ". tools/report/findings.bash && tsan_findings $scratch/findings $scratch/log.* | explain_findings"
}

explain_helgrind() { # <mistake>
    valgrind --tool=helgrind --log-file="$scratch/text" $program.plain "$1"
    run bash -c ". tools/report/findings.bash && helgrind_findings $scratch/text | explain_findings"
}

# Where the program says so.
line_of() { # <comment>
    grep -n "// $1\$" tests/report/explained.c | cut -d : -f 1
}

@test "no locks: neither holds one" {
    local places access
    places="explained\.c:($(line_of alice)|$(line_of bob))"
    access="(alice|bob) (reads|writes) it at $places"
    explain_tsan no-lock
    assert_output --regexp "^data race on \`sold\`: $access while $access; neither holds a lock\$"
    explain_helgrind no-lock
    assert_output --regexp "^data race on \`sold\`: $access while $access; neither holds a lock"
}

@test "one lock each, but not the same: both are named" {
    explain_tsan two-locks
    assert_output --regexp '; the first holds `(red|blue)`, the second `(red|blue)`: no lock is held by both$'
    explain_helgrind two-locks
    assert_output --regexp '; the first holds `(red|blue)`, the second `(red|blue)`: no lock is held by both'
}

@test "one of the two holds a lock" {
    explain_tsan one-lock
    assert_output --regexp '; the first holds (`red`|no lock), the second (`red`|no lock): no lock is held by both$'
}

@test "both hold a lock, for reading only" {
    explain_tsan reading
    assert_output --partial '; both hold `gate`, but not alone'
}

@test "a library function that makes the access is named" {
    explain_tsan library
    assert_output --partial 'data race on `name`: '
    assert_output --partial "alice writes it at explained.c:$(line_of 'alice copies') (in strcpy)"
}

@test "a local variable of main is told as such" {
    explain_tsan shared-local-variable
    assert_output --partial 'data race on a local variable of main: '
}

@test "a program without a race: nothing is explained" {
    explain_tsan fixed
    assert_output ''
    explain_helgrind fixed
    assert_output ''
}

@test "the same race, reported many times, is told once" {
    explain_tsan many
    assert_equal "$(wc -l <"$scratch/findings")" 3
    assert_output --regexp '^data race on `seats`: sell_seat (reads|writes) it .*; neither holds a lock$'
    assert_equal "${#lines[@]}" 1
}
