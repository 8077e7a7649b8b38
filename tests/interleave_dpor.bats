#!/usr/bin/env bats
# The systematic search sees every interleaving, once. That it misses nothing in hundreds
# of programs made by chance: tests/oracle/search.c.
load lib/kit

readonly programs=build/tests/interleave

setup_file() {
    make --silent $programs/{each_primitive,endless,fickle,late_point,locked,lost_update,named,not_joined,outcomes,spin} \
        $programs/primitives/right $programs/set/right/{philosophers_{2,3,4,5},twostage_99}
}

search() { # <option>... <program>
    run build/bin/interleave explore --strategy dpor "${@:1:$#-1}" "$programs/${!#}"
}

@test "too few schedules: it does not say that it has seen everything" {
    search --schedules 89 locked
    assert_success
    assert_output --partial 'nothing found in 89 schedules'
    search --schedules 10 --json locked
    jq -e '.exhaustive == false' <<<"$output"
}

@test "a program that is too big, or uses signals: that is said; exit status 3" {
    search set/right/twostage_99
    assert_failure 3
    assert_line --partial 'no systematic search: too many threads or steps'
    run build/bin/interleave explore --schedules 30 $programs/set/right/twostage_99
    assert_success
    assert_output --partial 'nothing found in 30 schedules'
    run build/bin/interleave explore --strategy dpor $programs/primitives/right handlers
    assert_failure 3
    assert_line --partial 'no systematic search: too many threads or steps, signals and the like'
}

@test "a program that does something else every time: exit status 3, and mix goes on by chance" {
    run build/bin/interleave explore --strategy dpor $programs/fickle "$scratch/grows"
    assert_failure 3
    run build/bin/interleave explore --schedules 100 $programs/fickle "$scratch/grows"
    assert_success
    assert_output --partial 'nothing found in 100 schedules'
}

# The first schedule is run twice, to see whether the program does the same again.
@test "three threads that each take a lock twice: 6! / (2! 2! 2!) interleavings" {
    search locked
    assert_success
    assert_output --partial 'all 90 interleavings pass (91 schedules'
    search --json locked
    jq -e '.exhaustive and .found == false' <<<"$output"
}

@test "the end of the process is no race: as many interleavings as orders of the lock" {
    search not_joined
    assert_success
    assert_output --partial 'all 30 interleavings pass (31 schedules'
}

@test "what chance finds meanwhile makes the search begin anew, and it comes to its end" {
    run build/bin/interleave explore --ignore-races $programs/late_point
    assert_success
    assert_line --regexp '^all [0-9]+ interleavings pass'
}

# These are what all 17,805 schedules give (--strategy all).
@test "whatever comes out in any schedule, it has seen" {
    build/bin/interleave explore --quiet --ignore-races --strategy dpor $programs/outcomes "$scratch/outcomes"
    run sort -u "$scratch/outcomes"
    assert_output - <<'END'
10 14 0
2 14 0
3 14 0
5 14 0
6 12 1
6 14 0
6 24 0
END
}

@test "what it finds is found in few schedules" {
    search --ignore-races --schedules 10 lost_update
    assert_failure 1
    search --ignore-races --schedules 10 named
    assert_failure 1
}

@test "a loop that waits for another thread does not keep it from ending" {
    search spin
    assert_success
    assert_output --regexp 'all [0-9]+ interleavings pass'
}

@test "mix says so, too, when a program is small" {
    run build/bin/interleave explore $programs/locked
    assert_success
    assert_output --partial 'all 90 interleavings pass'
}

@test "philosophers who take the forks in one order: as many interleavings as orders to begin" {
    local count expected=1
    for count in 2 3 4 5; do
        expected=$((expected * count))
        search set/right/philosophers_$count
        assert_success
        assert_output --partial "all $expected interleavings pass"
    done
}
