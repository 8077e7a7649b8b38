#!/usr/bin/env bats
# The visible checks of lab 08. Points and tasks are in the tags.
load ../../tools/check/lib

# bats test_tags=points:5
@test "it builds without warnings" {
    builds_cleanly
}

# bats test_tags=points:15,task:1
@test "deadlock.sched: alice and bob wait for each other" {
    schedule_loses deadlock.sched "$CHECK_KIT/build/given/seatlocks" deadlock '' "alice and bob wait for each other" \
        'HELLO alice; BOOK 1; MOVE 1 2' 'HELLO bob; BOOK 2; MOVE 2 1'
}

# bats test_tags=points:15,task:2
@test "every order: two move crosswise, and nobody waits for ever (interleave)" {
    every_order_is_right --strategy=dpor "HELLO $one; BOOK 1; MOVE 1 2" "HELLO $other; BOOK 2; MOVE 2 1"
}

# One client is enough: what counts is the order of the locks.
# bats test_tags=points:10,task:2
@test "to and fro: ThreadSanitizer sees one order of locks, and no race" {
    start_tsan_server
    meet_in_pairs
    connect mover
    ask mover 'HELLO mover' 'OK hello mover'
    ask mover "BOOK $seat" "OK $seat"
    ask mover "MOVE $seat 9" 'OK 9'
    ask mover "MOVE 9 $seat" "OK $seat"
    tsan_found_nothing
}

# bats test_tags=points:15,task:3
@test "who books does not keep others from booking another seat" {
    nobody_waits "bob books seat 8" 'HELLO alice; BOOK 7' 'HELLO bob; BOOK 8; CANCEL 8'
}

# bats test_tags=points:10,task:4
@test "every order: one moves, the other one looks (interleave)" {
    every_order_is_right --strategy=dpor "HELLO $one; BOOK 2; MOVE 2 1" 'MAP'
}
