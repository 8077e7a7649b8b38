#!/usr/bin/env bats
# The visible checks of lab 02. Points and tasks are in the tags.
load ../../tools/check/lib

books_a_seat() { # <address>
    start_server
    connect alice "$1"
    ask alice 'HELLO alice' 'OK hello alice'
    ask alice 'BOOK 7' 'OK 7'
    ask alice 'WHO 7' 'OK alice'
}

# bats test_tags=points:5
@test "it builds without warnings" {
    builds_cleanly
}

# bats test_tags=points:15,task:1
@test "a client books a seat over IPv6" {
    has_ipv6
    books_a_seat ::1
}

# bats test_tags=points:15,task:1
@test "a client books a seat over IPv4, at the same socket" {
    books_a_seat 127.0.0.1
}

# bats test_tags=points:15,task:1
@test "a port that is in use: a clear message, exit status 1" {
    start_peer 'TCP6-LISTEN:PORT,ipv6only=0' 'sleep 60'
    exec_guarded "$(program plain)" "$port" >"$record/out" 2>"$record/err" 3>&- &
    guards+=($!)
    guard=$!
    server_ends
    printed
    ended_with 1
    complained_of "$port" 'in use'
}

# bats test_tags=points:15,task:2
@test "a client that half-closes still hears all its replies" {
    start_server
    half_close 'HELLO alice' 'BOOK 7' 'BOOK 8' 'SOLD'
    printed 'OK hello alice' 'OK 7' 'OK 8' 'OK 2'
}

# bats test_tags=points:10,task:3
@test "when its client has gone, the server ends with exit status 0" {
    start_server
    connect alice
    ask alice 'HELLO alice' 'OK hello alice'
    ask alice 'QUIT' 'OK bye'
    hear_end alice
    server_ends
    ended_with 0
}
