#!/usr/bin/env bats
# The hidden checks of lab 02.
load ../../tools/check/lib

# bats test_tags=points:10,task:2
@test "requests may come one byte at a time, and several at once" {
    export FAULTS='read:short recv:short'
    start_server
    connect alice
    say alice 'HELLO alice\r\nBOOK 7\nWHO 7\n'
    hear alice 'OK hello alice'
    hear alice 'OK 7'
    hear alice 'OK alice'
}

# bats test_tags=points:5,task:2
@test "half a line before the end of file is no request" {
    start_server
    printf 'HELLO alice\nBOOK 7' >"$record/requests"
    half_close_with "$record/requests"
    printed 'OK hello alice'
}

# bats test_tags=points:10,task:1
@test "it may take its port again right after it has ended" {
    start_server
    local first=$port
    connect alice
    ask alice 'QUIT' 'OK bye'
    hear_end alice # the server closed first: its end of the connection lingers
    server_ends
    start_server_with "$(program plain)" "$first"
    connect bob
    ask bob 'HELLO bob' 'OK hello bob'
}
