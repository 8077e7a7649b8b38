#!/usr/bin/env bats
# The hidden checks of lab 04.
load ../../tools/check/lib

# bats test_tags=points:10,task:3
@test "threads that have ended give their stacks back" {
    local i before grown
    start_server
    connect idle
    ask idle 'SOLD' 'OK 0'
    connect alice
    ask alice 'SOLD' 'OK 0'
    leave alice
    wait_until threads_are 2 || fails "2 threads are left" "$(threads) are"
    before=$(address_space)
    for i in {1..300}; do
        connect bob
        ask bob 'SOLD' 'OK 0'
        leave bob
        # One after the other, so that one stack would do for all.
        wait_until threads_are 2 || fails "2 threads are left" "$(threads) are"
    done
    grown=$((($(address_space) - before) / 1024))
    ((grown < 50)) ||
        fails "300 clients, one after the other, need no more memory than one" \
            "the address space has grown by $grown MiB"
}

# bats test_tags=points:10,task:2
@test "50 clients at once, and each hears its own replies" {
    local i
    start_server
    for i in {1..50}; do
        connect "client-$i"
        ask "client-$i" "HELLO client-$i" "OK hello client-$i"
    done
    # All ask before the first one listens.
    for i in {50..1}; do
        say "client-$i" 'HELLO again\n'
    done
    for i in {1..50}; do
        hear "client-$i" "ERR already named client-$i"
    done
}
