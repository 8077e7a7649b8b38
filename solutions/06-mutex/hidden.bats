#!/usr/bin/env bats
# The hidden checks of lab 06.
load ../../tools/check/lib

# bats test_tags=points:10,task:2
@test "the lock is given back after every refusal" {
    local request
    start_tsan_server
    connect alice
    connect bob
    ask alice 'HELLO alice' 'OK hello alice'
    ask bob 'HELLO bob' 'OK hello bob'
    ask alice 'BOOK 1' 'OK 1'
    ask alice 'BOOK 2' 'OK 2'
    ask bob 'BOOK 1' 'ERR taken alice'
    ask alice 'WHO 1' 'OK alice'
    for request in 'CANCEL 1' 'CANCEL 3' 'MOVE 1 3' 'MOVE 3 1'; do
        ask bob "$request" 'ERR not yours'
        ask alice 'SOLD' 'OK 2'
    done
    ask alice 'MOVE 1 2' 'ERR taken alice'
    ask bob 'MAP' 'OK ##..................'
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
    every_order_is_right 'HELLO alice; BOOK 1; MOVE 1 2' 'HELLO bob; WHO 2; MAP'
    every_order_is_right 'HELLO alice; BOOK 1; MOVE 1 2' 'HELLO bob; BOOK 2; SOLD'
}
