#!/usr/bin/env bats
# The systematic search sees every interleaving, once.
load lib/kit
load lib/random_program

setup_file() {
    local source
    export PROGRAMS
    PROGRAMS=$(mktemp -d)
    for source in endless fickle locked lost_update named outcomes primitives spin; do
        build/bin/interleave cc -o "$PROGRAMS/$source" -D_GNU_SOURCE tests/interleave/$source.c || return
    done
}

teardown_file() {
    rm -rf "$PROGRAMS"
}

search() { # <option>... <program>
    run build/bin/interleave explore --strategy dpor "${@:1:$#-1}" "$PROGRAMS/${!#}"
}

# What comes out in thousands of runs by chance, and in a systematic search.
outcomes() { # <strategy> <schedules>
    build/bin/interleave explore --quiet --ignore-races --strategy "$1" --schedules "$2" \
        "$PROGRAMS/outcomes" "$scratch/$1"
    sort -u "$scratch/$1"
}

@test "too few schedules: it does not say that it has seen everything" {
    search --schedules 89 locked
    assert_success
    assert_output --partial 'nothing found in 89 schedules'
    search --schedules 10 --json locked
    jq -e '.exhaustive == false' <<<"$output"
}

@test "a program that is too big, or uses signals: that is said; exit status 3" {
    build/bin/interleave cc -D_GNU_SOURCE -DFIXED -o "$scratch/big" tests/interleave/set/twostage_99.c
    run build/bin/interleave explore --strategy dpor "$scratch/big"
    assert_failure 3
    assert_line --partial 'no systematic search: too many threads or steps'
    run build/bin/interleave explore --schedules 100 "$scratch/big"
    assert_success
    assert_output --partial 'nothing found in 100 schedules'
}

@test "a program that does something else every time: exit status 3, and mix goes on by chance" {
    run build/bin/interleave explore --strategy dpor "$PROGRAMS/fickle" "$scratch/grows"
    assert_failure 3
    run build/bin/interleave explore --schedules 300 "$PROGRAMS/fickle" "$scratch/grows"
    assert_success
    assert_output --partial 'nothing found in 300 schedules'
}

# The first schedule is run twice, to see whether the program does the same again.
@test "three threads that each take a lock twice: 6! / (2! 2! 2!) interleavings" {
    search locked
    assert_success
    assert_output --partial 'all 90 interleavings pass (91 schedules'
    search --json locked
    jq -e '.exhaustive and .found == false' <<<"$output"
}

@test "whatever comes out in thousands of runs by chance, it has seen" {
    diff <(outcomes dpor 1000) <(outcomes random 4000)
    [[ $(outcomes dpor 1000 | wc -l) -gt 3 ]]
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
    run build/bin/interleave explore "$PROGRAMS/locked"
    assert_success
    assert_output --partial 'all 90 interleavings pass'
    run build/bin/interleave explore "$PROGRAMS/primitives"
    assert_success
    assert_output --regexp 'all [0-9]+ interleavings pass'
}

@test "philosophers who take the forks in one order: as many interleavings as orders to begin" {
    local count expected=1
    for count in 2 3 4 5; do
        expected=$((expected * count))
        build/bin/interleave cc -D_GNU_SOURCE -DFIXED -o "$scratch/dinner" tests/interleave/set/philosophers_$count.c
        run build/bin/interleave explore --strategy dpor "$scratch/dinner"
        assert_success
        assert_output --partial "all $expected interleavings pass"
    done
}

@test "most right programs of the set are proved right" {
    local source proved=0
    for source in tests/interleave/set/*.c; do
        build/bin/interleave cc -D_GNU_SOURCE -DFIXED -o "$scratch/right" "$source"
        run build/bin/interleave explore --json --ignore-races --strategy dpor --schedules 1000 "$scratch/right"
        jq -e '.found | not' <<<"$output" || echo "$source"
        [[ $(jq .exhaustive <<<"$output") != true ]] || ((++proved))
    done
    ((proved >= 45))
}

@test "programs made by chance: what comes out in any run, it has seen" {
    run missed_outcomes 1 6 500
    assert_output ''
}
