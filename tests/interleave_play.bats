#!/usr/bin/env bats
# Somebody schedules a run by hand.
load lib/kit

readonly programs=build/tests/interleave

setup_file() {
    make --silent $programs/{lock_order,locked,lost_update,must_wait} build/demos/16-signal-handler/racy.O0.interleave
}

play() { # <program>: what is typed on standard input
    run build/bin/interleave play "$programs/$1"
}

@test "without a program: one sentence, exit status 2" {
    run build/bin/interleave play
    assert_failure 2
    assert_output 'interleave: play needs a program (interleave --help)'
}

@test "somebody plays the lost update, writes it down, and replays it" {
    play lost_update <<END
T1
T2
T1
w $scratch/saved
END
    assert_failure 1
    assert_line "assert: assertion \`house.sold == 2' failed (main, lost_update.c:24)"
    assert_line "written to $scratch/saved"
    run build/bin/interleave replay --ignore-races "$scratch/saved" $programs/lost_update
    assert_failure 1
}

@test "what a thread is about to do, who cannot go on, and why" {
    play locked <<<T1
    assert_success
    assert_line '>   1 T1       12 locks lock'
    assert_line --regexp '^    0 main     [0-9]+ joins T1  \(must wait\)$'
    play must_wait <<<T1
    assert_line '    2 T2       9 locks lock  (must wait: T1 holds it)'
}

@test "what is nobody else's business is no choice: to begin, to take a name, to end, to join" {
    play lost_update <<<T1
    assert_line --index 1 '    0 main     22 joins T1  (must wait)'
    assert_line --index 2 '>   1 T1       12 reads house.sold'
    assert_line --index 3 '>   2 T2       12 reads house.sold'
}

@test "who could still go on does not wait in a deadlock of others" {
    run build/bin/interleave play build/demos/16-signal-handler/racy.O0.interleave <<<$'main\nmanager\nmain'
    assert_failure 1
    assert_line --partial '12 waits for lock <--'
    refute_line --partial 'waits for 0x'
}

@test "the end comes by itself when nobody can go on" {
    play lock_order <<<$'T1\nT2\nq'
    assert_failure 1
    assert_line --partial 'deadlock: 3 threads wait'
}

@test "undo goes back before the last choice, and the run can end otherwise" {
    play lost_update <<<$'T1\nT2\nT1\nu\nu\nT1\nr'
    assert_success
    assert_line 'nothing goes wrong'
    play lost_update <<<$'u'
    assert_success
    assert_line 'There is nothing to undo.'
}

@test "what is no thread, one that cannot go on, no file: it says so and goes on" {
    play lost_update <<<$'bob\n7\n-1\nw\nw /nowhere/file\n?'
    assert_success
    assert_line "What is 'bob'? (? helps)"
    assert_line "What is '7'? (? helps)"
    assert_line "What is '-1'? (? helps)"
    assert_line 'w needs the name of a file: w FILE'
    assert_line 'interleave: cannot write /nowhere/file: No such file or directory'
    assert_line --regexp '^  u +undo'
    play lock_order <<<$'main\nmain'
    assert_line 'main cannot go on now.'
}

@test "numbers, Enter, and all so far in lanes" {
    play lost_update <<<$'1\n\nl'
    assert_success
    assert_line '    T1: 12 writes house.sold -> 1'
    assert_line --regexp '^ {28}12 writes house.sold -> 2$'
    refute_line --regexp '^.{81}'
}
