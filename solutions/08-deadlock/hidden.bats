#!/usr/bin/env bats
# The hidden checks of lab 08.
load ../../tools/check/lib

# bats test_tags=points:5,task:2
@test "who moves to the own seat is answered, and so is the next one" {
    start_server
    connect "$one"
    ask "$one" "HELLO $one" "OK hello $one"
    ask "$one" "BOOK $seat" "OK $seat"
    ask "$one" "MOVE $seat $seat" "ERR taken $one"
    ask "$one" 'MOVE 9 9' 'ERR not yours'
    ask "$one" "WHO $seat" "OK $one"
    ask "$one" 'SOLD' 'OK 1'
}

# bats test_tags=points:10,task:2
@test "every order: three move in a circle, and nobody waits for ever (interleave)" {
    every_order_is_right --schedules=1500 "HELLO $one; BOOK 1; MOVE 1 2" "HELLO $other; BOOK 2; MOVE 2 3" \
        'HELLO charles; BOOK 3; MOVE 3 1'
}

# bats test_tags=points:10,task:3
@test "who moves does not keep others from moving elsewhere" {
    nobody_waits "bob moves from seat 7 to seat 8" 'HELLO alice; BOOK 1; MOVE 1 2' 'HELLO bob; BOOK 7; MOVE 7 8'
}

# bats test_tags=points:5,task:4
@test "every order: SOLD and MAP fit (interleave)" {
    every_order_is_right --strategy=dpor "HELLO $one; BOOK $seat; CANCEL $seat" 'MAP; SOLD'
}
