#!/usr/bin/env bats
# The hidden checks of lab 07.
load ../../tools/check/lib

# bats test_tags=points:10,task:3
@test "every order: one moves, the other one looks and counts (interleave)" {
    every_order_is_right --strategy=dpor "HELLO $one; BOOK 1; MOVE 1 2" 'MAP'
    every_order_is_right --strategy=dpor "HELLO $one; BOOK 1; MOVE 1 2" 'SOLD; SOLD'
}

# bats test_tags=points:10,task:3
@test "every order: both move, crosswise (interleave)" {
    every_order_is_right --strategy=dpor "HELLO $one; BOOK 1; MOVE 1 2" "HELLO $other; BOOK 2; MOVE 2 1"
}

# bats test_tags=points:5,task:3
@test "a move that is refused changes nothing, and gives the lock back" {
    start_server
    connect "$one"
    connect "$other"
    ask "$one" "HELLO $one" "OK hello $one"
    ask "$other" "HELLO $other" "OK hello $other"
    ask "$one" 'BOOK 1' 'OK 1'
    ask "$other" 'BOOK 2' 'OK 2'
    ask "$one" 'MOVE 1 2' "ERR taken $other"
    ask "$other" 'WHO 1' "OK $one"
    ask "$one" 'MOVE 1 1' "ERR taken $one"
    ask "$other" 'MOVE 1 3' 'ERR not yours'
    ask "$one" 'MAP' 'OK ##..................'
    ask "$other" 'SOLD' 'OK 2'
}
