#!/usr/bin/env bats
# The hidden checks of lab 10.
load ../../tools/check/lib

server_arguments=(0 8 3) # 8 seats and 3 workers, where all orders are explored

# bats test_tags=points:5,task:1
@test "every order: two watch, and one of them leaves (interleave)" {
    every_order_is_right --schedules=1000 "HELLO $one; WATCH; BOOK $seat" 'WATCH; QUIT' "HELLO $other; BOOK 6; MOVE 6 7"
}

# bats test_tags=points:10,task:2
@test "a number that is used again: who comes after a watcher hears nothing" {
    local before i
    start_server
    before=$(descriptors)
    connect "$one"
    ask "$one" "HELLO $one" "OK hello $one"
    for i in {1..5}; do
        connect gone
        ask gone 'WATCH' 'OK watching'
        leave gone
        wait_until descriptors_are $((before + 1)) ||
            fails "a watcher that has gone leaves no descriptor behind" "$(($(descriptors) - before - 1)) are open"
        # One of two gets the number: accept(2) has taken one for the first already.
        connect first
        connect second
        ask first 'SOLD' 'OK 0'
        ask second 'SOLD' 'OK 0'
        ask "$one" "BOOK $seat" "OK $seat"
        ask "$one" "CANCEL $seat" "OK $seat"
        wait_until server_rests || true # what it would say unasked, it has said
        ask first "WHO $seat" 'OK free'
        ask second "WHO $seat" 'OK free'
        leave first
        leave second
        wait_until descriptors_are $((before + 1))
    done
}

# bats test_tags=points:5,task:2
@test "when the watchers have gone, so have their threads and their memory" {
    local i before grown
    export MALLOC_ARENA_MAX=1 # or a worker's first malloc reserves 64 MiB: mallopt(3)
    start_server
    for ((i = 1; i <= 400; i++)); do
        connect "$one"
        ask "$one" 'WATCH' 'OK watching'
        leave "$one"
        # The first ones make what is kept for good.
        ((i != 100)) || { wait_until threads_are 6 && before=$(address_space); }
    done
    wait_until threads_are 6 || fails "the 6 threads are left that were there before" "$(threads) are"
    grown=$((($(address_space) - before) / 1024))
    ((grown < 50)) || fails "300 watchers, one after the other, need no more memory than one" \
        "the address space has grown by $grown MiB"
}

# bats test_tags=points:5,task:3
@test "1,000 watchers: each hears of everything, and memory stays small" {
    local descriptors_allowed=1200 most threads
    (($(ulimit -Hn) >= 1200)) || ungraded "this machine allows no 1,200 descriptors (ulimit -Hn)"
    time_limit 40 # a server that is slow, but right, needs 12; one that gets nowhere, all of it
    start_server 100
    threads=$(threads)
    swarm_is_content --clients 4 --requests 25 --watchers 1000
    wait_until threads_are "$threads" ||
        fails "when they have gone, so have their threads: $threads are left" "$(threads) are"
    most=$(awk '$1 == "VmHWM:" { print int($2 / 1024) }' "/proc/$server/status")
    ((most < 300)) || fails "the server needs less than 300 MiB for 1,000 watchers" "it needed $most MiB"
}

# bats test_tags=points:5,task:3
@test "SIGTERM: watchers are told, and one that does not read is not waited for" {
    local status
    start_server 100
    have_slow_watcher
    connect "$other"
    ask "$other" 'WATCH' 'OK watching'
    kill -TERM "$server"
    hear_last "$other" 'ERR closing'
    server_ends
    ((status == 0)) || fails "the exit status is 0" "it is $status"
}
