#!/usr/bin/env bats
# What students get, and that it works where it is unpacked.
load lib/kit
load lib/labs
load lib/handout

pack() { # [<lab>]
    tools/handout "$@" --to "$scratch/handout.tar.gz"
}

contents() {
    tar -tzf "$scratch/handout.tar.gz"
}

@test "a lab that does not exist: exit status 2" {
    run tools/handout 42
    assert_failure 2
    assert_output --partial "there is no lab '42'"
}

@test "no solution, no hidden check, no wrong fix, no test of the kit" {
    pack
    run contents
    refute_output --regexp 'solutions/|hidden\.bats|\.patch|/wrong/|/tests/|\.git'
    # Nor by another name: no file in it is a solved file.
    local file
    mkdir "$scratch/all"
    tar -xzf "$scratch/handout.tar.gz" -C "$scratch/all"
    for file in solutions/*/*.c solutions/*/*.md solutions/*/*.sched; do
        [[ $file != solutions/04-threads/server.c ]] || continue # given from lab 05 on
        run find "$scratch/all" -type f -size "$(stat -c %s "$file")c" -exec cmp -s "$file" {} \; -print
        assert_output ''
    done
}

@test "up to lab 02: its labs and given code, and nothing that gives later labs away" {
    pack 02
    run contents
    assert_line box-office-labs/labs/02-server/server.c
    refute_output --partial 03-iterative
    refute_output --partial labs/common/net.c
    refute_output --partial labs/common/serve.c
    refute_output --partial labs/common/threads.c
    refute_output --partial tools/swarm/
    pack 09
    run contents
    assert_line box-office-labs/labs/common/pool_driver.c
    refute_output --partial labs/common/lobby.c
}

@test "the same labs make the same bytes" {
    pack 03
    cp "$scratch/handout.tar.gz" "$scratch/first"
    touch labs/03-iterative/README.md
    pack 03
    cmp "$scratch/first" "$scratch/handout.tar.gz"
}

@test "unpacked elsewhere: board, hint, check and build work" {
    unpack_handout 03
    run make --no-print-directory board
    assert_success
    assert_line --regexp '^ 01-client +\.{10}  not begun'
    refute_output --partial 04-threads
    run make --no-print-directory hint LAB=01
    assert_success
    assert_line '01-client, task 1: Connect (hint 1)'
    run make --no-print-directory build LAB=02
    assert_success
    run make --no-print-directory check LAB=01
    assert_failure
    assert_line --partial 'of 80 points; 20 are for hidden checks'
}

@test "unpacked elsewhere: a solved lab passes its visible checks" {
    local solution=$PWD/solutions/06-mutex/seats.c
    unpack_handout
    cp "$solution" labs/06-mutex/seats.c
    run make --no-print-directory check LAB=06
    assert_success
    assert_line '70 of 70 points; 30 are for hidden checks'
    run make --no-print-directory board
    assert_line --regexp '^ 06-mutex +#{10}  passed +70 of 70'
}

@test "unpacked elsewhere: the demo shows the race, and the student's own fix" {
    local solution=$PWD/solutions/06-mutex/seats.c
    unpack_handout
    run make --no-print-directory demo
    assert_success
    assert_output --partial 'That one you write: lab 06.'
    cp "$solution" labs/06-mutex/seats.c
    run make --no-print-directory demo
    assert_success
    assert_output --partial 'The fixed box office: labs/06-mutex/seats.c, one lock'
}

@test "a handout without lab 05 says why it has no demo" {
    unpack_handout 04
    run make --no-print-directory demo
    assert_failure
    assert_output --partial 'the demo comes with lab 05: threads come first'
}

@test "its help shows what a student can do, and not what only the kit's developers can" {
    unpack_handout 04
    run make --no-print-directory
    assert_line --regexp '^  make check '
    refute_output --partial 'make handout'
    refute_output --partial 'make lint'
}
