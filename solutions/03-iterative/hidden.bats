#!/usr/bin/env bats
# The hidden checks of lab 03.
load ../../tools/check/lib

# bats test_tags=points:5,task:1
@test "a thousand clients in a row" {
    start_server
    clients_in_a_row 1000
}

# bats test_tags=points:10,task:2
@test "a signal during accept, read or write ends nothing" {
    export FAULTS='accept:EINTR@1-2 read:EINTR@1 recv:EINTR@1 write:EINTR@1 send:EINTR@1-2'
    start_server
    connect alice
    ask alice 'HELLO alice' 'OK hello alice'
    ask alice 'BOOK 7' 'OK 7'
    leave alice
    connect bob
    ask bob 'WHO 7' 'OK alice'
}

# bats test_tags=points:5,task:2
@test "a client that has gone before it was accepted is passed over" {
    export FAULTS='accept:ECONNABORTED@2-3'
    start_server
    connect alice
    ask alice 'SOLD' 'OK 0'
    leave alice
    connect bob
    ask bob 'SOLD' 'OK 0'
}

# bats test_tags=points:5,task:2
@test "replies are complete, however little each call transfers" {
    export FAULTS='read:short recv:short write:short send:short'
    start_server
    connect alice
    ask alice 'HELLO alice' 'OK hello alice'
    ask alice 'MAP' 'OK ....................'
    leave alice
    connect bob
    ask bob 'SOLD' 'OK 0'
}
