#!/usr/bin/env bats
# Each primitive, by both compilers: what is wrong is found, what is right is
# left alone.
load lib/kit
load lib/explored

readonly programs=build/tests/interleave/primitives
searched_by_chance=' cancel_wait cancel_late handlers waits_for_signals interrupts'
searched_by_chance+=' own_process once_is_cancelled files_are_cancellation_points cancelled_ones_take_no_signal '

setup_file() {
    make --silent $programs/{errors,lifetimes,loops,memory,right,wrong}{,.gcc} $programs/right.cx16{,.gcc} $programs/{chance,uncontrolled}
}

# Fails with a list of those that are not as expected.
assert_kinds() { # <program> <option>...; lines of "WAY KIND" on standard input
    local way expected count=0 wrong=
    while read -r way expected; do
        explored --exit-code "${@:2}" "$programs/$1" "$way"
        [[ ${kind:-nothing} == "$expected" ]] || wrong+="$1 $way: ${kind:-nothing}, not $expected"$'\n'
        ((++count))
    done
    [[ -z $wrong ]] || fail "$wrong"
    ((count > 10)) || fail "$1 has only $count ways"
}

each_is() { # <kind>: of the names on standard input
    sed "s/\$/ $1/"
}

# Nothing is found in any interleaving; with signals and cancellation, which are not
# searched systematically, in none of 100.
assert_right() { # <program> <way> [<argument>]
    if [[ $searched_by_chance == *" $2 "* ]]; then
        explored --exit-code --schedules 100 "$programs/$1" "${@:2}"
    else
        explored --exit-code --strategy dpor --schedules 1000 "$programs/$1" "${@:2}"
        [[ $exhaustive == true ]] || fail "$*: $output"
    fi
    [[ $status == 0 && $found == false ]] || fail "$*: $output"
}

all_are_right() { # <program>
    local way count=0
    while read -r way; do
        assert_right "$1" "$way"
        ((++count))
    done < <("$programs/$1")
    ((count > 10)) || fail "$1 has only $count ways"
}

@test "two threads that access the same memory: a race, whatever the access" {
    local program
    for program in memory memory.gcc; do
        $programs/$program | grep -v '^own_memory$' | each_is race | assert_kinds $program --schedules 20
    done
}

@test "the same accesses under a lock, and a thread's own memory: nothing" {
    local program way count=0
    for program in memory memory.gcc; do
        while read -r way; do
            assert_right $program "$way" locked
            ((++count))
        done < <($programs/$program)
        assert_right $program own_memory
    done
    ((count > 20)) || fail "only $count ways"
}

@test "primitives that are used wrongly: found" {
    local program
    for program in wrong wrong.gcc; do
        $programs/$program | assert_kinds $program --schedules 500
    done
}

@test "locks and the like that are not there, or not yet: misuse" {
    local program
    for program in lifetimes lifetimes.gcc; do
        $programs/$program | assert_kinds $program --schedules 200
    done
}

@test "loops: only those without an end are found, and each strategy lets the others go on" {
    local strategy
    for strategy in mix random pct delay places; do
        $programs/loops | grep -v too_early |
            assert_kinds loops --schedules 30 --ignore-races --strategy $strategy
    done
    $programs/loops.gcc | grep -v too_early | assert_kinds loops.gcc --schedules 30 --ignore-races
}

@test "a loop that waits for a plain flag is its data race" {
    local way
    for way in on_a_flag on_a_flag_before_it_is_set; do
        explored --schedules 3 $programs/loops $way
        [[ $kind == race ]] || fail "$way: $output"
    done
}

@test "a loop that gives up: the systematic search sees it give up" {
    explored --strategy dpor $programs/loops too_early
    [[ $kind == assert ]] || fail "$output"
}

@test "calls that fail return what POSIX says" {
    all_are_right errors
    all_are_right errors.gcc
}

@test "primitives that are used rightly: nothing, by clang" {
    all_are_right right
}

@test "primitives that are used rightly: nothing, by gcc" {
    all_are_right right.gcc
}

@test "no false race in schedules by each strategy" {
    local strategy
    for strategy in random pct pos delay; do
        printf '%s\n' release_acquire fences release_sequence own_spinlock normal condition rwlock \
            semaphores barriers once c11_threads |
            each_is nothing | assert_kinds right --schedules 60 --strategy $strategy
    done
}

@test "16-byte atomics that the compiler emits itself" {
    assert_right right.cx16 sizes
    assert_right right.cx16.gcc sizes
}

@test "chance and time are the same in each run" {
    local way
    for way in sleeps clocks waits_for_signals; do
        explored --exit-code --schedules 100 --seed 5 $programs/right.gcc $way
        [[ $status == 0 ]]
    done
    echo 'main until end' >"$scratch/schedule"
    run build/bin/interleave replay "$scratch/schedule" $programs/chance
    assert_success
    assert_line --regexp '^[0-9]+ [0-9]+ [0-9]+ 17000000[0-9]+ [0-9]+$'
    local first without_id='s/ [0-9]+ (17000000)/ \1/'
    first=$(sed -E "$without_id" <<<"${lines[0]}")
    run build/bin/interleave replay "$scratch/schedule" $programs/chance
    assert_equal "$(sed -E "$without_id" <<<"${lines[0]}")" "$first"
}

@test "what it cannot control it names, once, and goes on" {
    run cat $programs/uncontrolled.said # by interleave cc
    [[ $(grep -c '^interleave: not controlled: ' <<<"$output") -eq 8 ]]
    assert_line --partial 'inline assembly (the program accesses memory there unseen)'
    assert_line --partial '(the program sets timers of the kernel'
    assert_line --partial '(the program makes other processes, which run on their own)'
    assert_line --partial '(the program switches contexts: '
    assert_line --partial '(the program starts other programs, which run on their own)'
    assert_line --partial '(the program loads libraries while it runs: '
    assert_line --partial '(the program jumps between functions: '
    explored --exit-code --schedules 50 $programs/uncontrolled
    [[ $status == 3 && $found == false ]] # it has no thread, but other processes
}

@test "a program that interleave controls is built without a word" {
    run build/bin/interleave cc -D_GNU_SOURCE -o "$scratch/quiet" tests/interleave/locked.c
    assert_success
    assert_output ''
}
