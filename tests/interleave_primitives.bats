#!/usr/bin/env bats
# Each primitive, by both compilers: what is wrong is found, what is right is
# left alone.
load lib/kit

setup_file() {
    local compiler source
    export PROGRAMS
    PROGRAMS=$(mktemp -d)
    for compiler in clang gcc; do
        for source in memory right wrong; do
            CC=$compiler build/bin/interleave cc -D_GNU_SOURCE -Wno-atomic-alignment \
                -o "$PROGRAMS/$source.$compiler" "tests/interleave/primitives/$source.c" || return
        done
    done
}

teardown_file() {
    rm -rf "$PROGRAMS"
}

# Prints what is found in the program, as one word.
kind_of() { # <program> [argument]... [-- option...]
    local arguments=()
    while (($# > 0)) && [[ $1 != -- ]]; do
        arguments+=("$1")
        shift
    done
    timeout 60 build/bin/interleave explore "${@:2}" --json "$PROGRAMS/${arguments[0]}" "${arguments[@]:1}" |
        jq -r 'if .found then .kind else "nothing" end'
}

# Fails with a list of those that are not as expected.
assert_kinds() { # <program>, lines of "WAY KIND" on standard input
    local way kind found wrong=
    while read -r way kind; do
        found=$(kind_of "$1" "$way" -- --exit-code "${@:2}")
        [[ $found == "$kind" ]] || wrong+="$1 $way: $found, not $kind"$'\n'
    done
    [[ -z $wrong ]] || fail "$wrong"
}

each_is() { # <kind>: of the names on standard input
    sed "s/\$/ $1/"
}

@test "two threads that access the same memory: a race, whatever the access" {
    local compiler
    for compiler in clang gcc; do
        "$PROGRAMS/memory.$compiler" | grep -v '^own_memory$' | each_is race |
            assert_kinds memory.$compiler --schedules 20
    done
}

@test "the same accesses under a lock, and a thread's own memory: nothing" {
    local compiler way
    for compiler in clang gcc; do
        while read -r way; do
            [[ $(kind_of memory.$compiler "$way" locked -- --schedules 20) == nothing ]] || fail "$compiler $way"
        done < <("$PROGRAMS/memory.$compiler")
        [[ $(kind_of memory.$compiler own_memory -- --schedules 20) == nothing ]]
    done
}

@test "primitives that are used wrongly: found" {
    local compiler
    for compiler in clang gcc; do
        "$PROGRAMS/wrong.$compiler" | assert_kinds wrong.$compiler --schedules 500
    done
}

@test "primitives that are used rightly: nothing, by clang" {
    "$PROGRAMS/right.clang" | each_is nothing | assert_kinds right.clang --schedules 200
}

@test "primitives that are used rightly: nothing, by gcc" {
    "$PROGRAMS/right.gcc" | each_is nothing | assert_kinds right.gcc --schedules 200
}

@test "no false race in hundreds of schedules by each strategy" {
    local strategy
    for strategy in random pct pos delay; do
        printf '%s\n' release_acquire fences release_sequence own_spinlock normal condition rwlock \
            semaphores barriers once c11_threads |
            each_is nothing | assert_kinds right.clang --schedules 250 --strategy $strategy
    done
}

@test "16-byte atomics that the compiler emits itself" {
    local compiler
    for compiler in clang gcc; do
        CC=$compiler build/bin/interleave cc -mcx16 -D_GNU_SOURCE -Wno-atomic-alignment \
            -o "$PROGRAMS/cx16" tests/interleave/primitives/right.c
        [[ $(kind_of cx16 sizes -- --exit-code --schedules 300) == nothing ]]
    done
}

@test "chance and time are the same in each run" {
    local way
    for way in sleeps clocks waits_for_signals; do
        run build/bin/interleave explore --exit-code --schedules 200 --seed 5 --json "$PROGRAMS/right.gcc" $way
        assert_success
    done
    cat >"$scratch/chance.c" <<'END'
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    unsigned number;

    if (getrandom(&number, sizeof number, 0) != sizeof number)
        return 1;
    printf("%u %d %d %ld %ld\n", number, rand(), (int)getpid(), (long)time(NULL), (long)clock());
    return 0;
}
END
    build/bin/interleave cc -D_GNU_SOURCE -o "$PROGRAMS/chance" "$scratch/chance.c"
    echo 'main until end' >"$scratch/schedule"
    run build/bin/interleave replay "$scratch/schedule" "$PROGRAMS/chance"
    assert_success
    assert_line --regexp '^[0-9]+ [0-9]+ 10007 17000000[0-9]+ [0-9]+$'
    local first=${lines[0]}
    run build/bin/interleave replay "$scratch/schedule" "$PROGRAMS/chance"
    assert_line "$first"
}

@test "what it cannot control it names, once, and goes on" {
    run build/bin/interleave cc -D_GNU_SOURCE -o "$PROGRAMS/uncontrolled" tests/interleave/primitives/uncontrolled.c
    assert_success
    [[ $(grep -c '^interleave: not controlled: ' <<<"$output") -eq 7 ]]
    assert_line --partial 'inline assembly (the program accesses memory there unseen)'
    assert_line --partial '(the program sets timers of the kernel'
    assert_line --partial '(the program makes other processes, which run on their own)'
    assert_line --partial '(the program switches contexts: '
    assert_line --partial '(the program starts other programs, which run on their own)'
    assert_line --partial '(the program loads libraries while it runs: '
    assert_line --partial '(the program jumps between functions: '
    [[ $(kind_of uncontrolled -- --exit-code --schedules 50) == nothing ]]
}

@test "a program that interleave controls is built without a word" {
    run build/bin/interleave cc -D_GNU_SOURCE -o "$PROGRAMS/quiet" tests/interleave/locked.c
    assert_success
    assert_output ''
}
