#!/usr/bin/env bats
# The hidden checks of lab 06.
load ../../tools/check/lib

# bats test_tags=points:10,task:2
@test "the lock is given back after every refusal" {
    local request
    start_tsan_server
    connect "$one"
    connect "$other"
    ask "$one" "HELLO $one" "OK hello $one"
    ask "$other" "HELLO $other" "OK hello $other"
    ask "$one" 'BOOK 1' 'OK 1'
    ask "$one" 'BOOK 2' 'OK 2'
    ask "$other" 'BOOK 1' "ERR taken $one"
    ask "$one" 'WHO 1' "OK $one"
    for request in 'CANCEL 1' 'CANCEL 3' 'MOVE 1 3' 'MOVE 3 1'; do
        ask "$other" "$request" 'ERR not yours'
        ask "$one" 'SOLD' 'OK 2'
    done
    ask "$one" 'MOVE 1 2' "ERR taken $one"
    ask "$other" 'MAP' 'OK ##..................'
    tsan_found_nothing
}

# bats test_tags=points:10,task:2
@test "many clients that move: SOLD and MAP always fit" {
    start_tsan_server 8
    swarm_is_content --clients 8 --requests 1000 --mix book=2,cancel=2,move=4,sold=2,map=1
    tsan_found_nothing
}

# bats test_tags=points:10,task:2
@test "two clients in every order: one moves, the other one looks (interleave)" {
    every_order_is_right "HELLO $one; BOOK 1; MOVE 1 2" 'MAP'
    every_order_is_right "HELLO $one; BOOK 1; MOVE 1 2" "HELLO $other; BOOK 2"
}
