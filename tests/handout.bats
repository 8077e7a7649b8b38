#!/usr/bin/env bats
# What students get, and that it works where it is unpacked.
load lib/kit
load lib/handout

# Packed once: up to labs 02 and 04, and with all labs.
setup_file() {
    local lab
    for lab in 02 04 ''; do
        tools/handout $lab --to "$BATS_FILE_TMPDIR/${lab:-all}.tar.gz"
    done
}

contents() { # <handout>
    tar -tzf "$BATS_FILE_TMPDIR/$1.tar.gz"
}

# Goes to where it is unpacked, with the programs in place.
unpack() { # <handout>
    tar -xzf "$BATS_FILE_TMPDIR/$1.tar.gz" -C "$scratch"
    link_programs "$scratch/box-office-labs"
    cd "$scratch/box-office-labs" || return
}

@test "a lab that does not exist: exit status 2" {
    run tools/handout 42
    assert_failure 2
    assert_output --partial "there is no lab '42'"
}

@test "no solution, no hidden check, no wrong fix, no test of the kit" {
    run contents all
    assert_line box-office-labs/labs/10-watch/watch.c
    refute_output --regexp 'solutions/|hidden\.bats|\.patch|/wrong/|/tests/|\.git'
}

hashes() {
    xargs -d '\n' sha256sum | cut -d ' ' -f 1 | sort -u
}

@test "no file in it is a solved file by another name" {
    mkdir "$scratch/all"
    tar -xzf "$BATS_FILE_TMPDIR/all.tar.gz" -C "$scratch/all"
    # That of lab 04 is given from lab 05 on.
    printf '%s\n' solutions/*/*.c solutions/*/*.md solutions/*/*.sched | grep -v 04-threads/server.c |
        hashes >"$scratch/solved"
    find "$scratch/all" -type f | hashes >"$scratch/given"
    run comm -12 "$scratch/solved" "$scratch/given"
    assert_output ''
    sha256sum solutions/04-threads/server.c | cut -d ' ' -f 1 >"$scratch/solved"
    run comm -12 "$scratch/solved" "$scratch/given"
    refute_output ''
}

@test "up to lab 02: its labs and given code, and nothing that gives later labs away" {
    run contents 02
    assert_line box-office-labs/labs/02-server/server.c
    refute_output --partial 03-iterative
    refute_output --partial labs/common/net.c
    refute_output --partial labs/common/serve.c
    refute_output --partial labs/common/threads.c
    refute_output --partial tools/swarm/
    tools/handout 09 --to "$BATS_FILE_TMPDIR/09.tar.gz"
    run contents 09
    assert_line box-office-labs/labs/common/pool_driver.c
    refute_output --partial labs/common/lobby.c
}

@test "the same labs make the same bytes, whoever packs them, and whenever" {
    umask 077
    tools/handout 02 --to "$scratch/later.tar.gz"
    cmp "$scratch/later.tar.gz" "$BATS_FILE_TMPDIR/02.tar.gz"
}

@test "unpacked elsewhere: board, hint, check and build work" {
    unpack 02
    run make --no-print-directory board
    assert_success
    assert_line --regexp '^ 01-client +\.{10}  not begun'
    refute_output --partial 03-iterative
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
    unpack all
    cp "$solution" labs/06-mutex/seats.c
    run make --no-print-directory check LAB=06
    assert_success
    assert_line '70 of 70 points; 30 are for hidden checks'
    run make --no-print-directory board
    assert_line --regexp '^ 06-mutex +#{10}  passed +70 of 70'
}

# How long it takes until a seat is sold twice is a matter of luck (demo.bats): here
# it is sold twice in the first try, and later no more. When the detectors look it is
# the real swarm that comes.
sell_twice_at_once() {
    local swarm
    swarm=$(readlink build/bin/swarm)
    rm build/bin/swarm
    cat >build/bin/swarm <<END
#!/bin/sh
case "\$*" in *--mix*) ;; *) exec $swarm "\$@" ;; esac
echo '{"verdict": "violated", "story": "seat 1 is sold to two"}'
exec test -d build/demo/fixed
END
    chmod +x build/bin/swarm
}

@test "unpacked elsewhere: the demo shows the race, and the student's own fix" {
    local solution=$PWD/solutions/06-mutex/seats.c
    unpack all
    sell_twice_at_once
    # Helgrind takes longer than all else, and has looked in the check above.
    echo 'look_helgrind() { stopped="it is left out"; }; why_broken() { true; }' >>tools/report/detectors.bash
    cp "$solution" labs/06-mutex/seats.c
    run make --no-print-directory demo
    assert_success
    assert_output --partial 'SOLD TWICE, in try 1 '
    assert_output --regexp 'ThreadSanitizer: data race on `(seats|sold)[^`]*`: '
    assert_output --partial 'The fixed box office: labs/06-mutex/seats.c, one lock'
    assert_output --partial '20 tries, 20 good histories'
}

@test "unpacked elsewhere: where no detector works the demo goes on, and the fix is left to the student" {
    unpack all
    sell_twice_at_once
    cat >tools/report/detectors.bash <<'END'
declare -A detector_name=([tsan]=ThreadSanitizer [helgrind]=Helgrind)
kit=$PWD
look() {
    mkdir -p "$place"
    : >"$place/findings.jsonl"
    echo '{"state": "absent", "reason": "it does not work here"}' >"$place/state.json"
}
END
    ln -sf "$(command -v false)" build/bin/interleave
    run make --no-print-directory --old-file tools demo
    assert_success
    assert_line '  Helgrind: it does not work here.'
    assert_output --partial 'interleave: does not work here'
    assert_output --partial 'That one you write: lab 06.'
}

@test "a handout without lab 05 says why it has no demo" {
    unpack 04
    run make --no-print-directory demo
    assert_failure
    assert_output --partial 'the demo comes with lab 05: threads come first'
}

@test "its help shows what a student can do, and not what only the kit's developers can" {
    unpack 04
    run make --no-print-directory
    assert_line --regexp '^  make check '
    refute_output --partial 'make handout'
    refute_output --partial 'make lint'
}
