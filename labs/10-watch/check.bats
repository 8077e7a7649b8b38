#!/usr/bin/env bats
# The visible checks of lab 10. Points and tasks are in the tags.
load ../../tools/check/lib

server_arguments=(0 8 3) # 8 seats and 3 workers, where all orders are explored

# bats test_tags=points:5
@test "it builds without warnings" {
    builds_cleanly
}

# bats test_tags=points:10,task:1
@test "all who watch hear what happens, in its order" {
    local name
    start_server
    connect "$one"
    connect "$other"
    connect idle
    ask "$one" 'WATCH' 'OK watching'
    ask "$one" 'WATCH' 'ERR already watching'
    ask idle 'WATCH' 'OK watching'
    ask "$other" "HELLO $other" "OK hello $other"
    wait_until server_rests || true # both couriers sleep: this event has to wake them
    ask "$other" "BOOK $seat" "OK $seat"
    hear "$one" "EVENT SOLD $seat $other"
    hear idle "EVENT SOLD $seat $other"
    wait_until server_rests || true
    ask "$other" "BOOK $seat" "ERR taken $other"
    ask "$other" "MOVE $seat 9" 'OK 9'
    ask "$other" 'CANCEL 9' 'OK 9'
    for name in "$one" idle; do
        hear "$name" "EVENT FREE $seat $other"
        hear "$name" "EVENT SOLD 9 $other"
        hear "$name" "EVENT FREE 9 $other"
    done
    ask "$one" 'WHO 9' 'OK free'
    ask "$one" 'QUIT' 'OK bye'
    hear_end "$one"
    ask "$other" "BOOK $seat" "OK $seat"
    hear idle "EVENT SOLD $seat $other"
}

# bats test_tags=points:15,task:1
@test "every order: one watches, two book (interleave)" {
    every_order_is_right --schedules=1000 "HELLO $one; BOOK $seat; CANCEL $seat" "HELLO $other; BOOK $seat" \
        "WATCH; WHO $seat; QUIT"
}

# bats test_tags=points:15,task:2
@test "watchers come and go: AddressSanitizer finds no memory that is used wrongly" {
    start_asan_server 60
    swarm_is_served --clients 8 --requests 300 --watchers 16
    asan_found_nothing
}

# bats test_tags=points:10,task:2
@test "watchers come and go: ThreadSanitizer finds no race" {
    start_tsan_server 60
    swarm_is_served --clients 8 --requests 300 --watchers 16
    tsan_found_nothing
}

# bats test_tags=points:15,task:3
@test "a watcher that does not read stops nobody, and is told at last that it was too slow" {
    start_server 100
    slow_watcher_is_told
}
