#!/usr/bin/env bats
# The visible checks of lab 03. Points and tasks are in the tags.
load ../../tools/check/lib

# A client comes, books, gives back and goes, in the proper way.
serves() { # <name> [<seat>]
    connect "$1"
    ask "$1" "HELLO $1" "OK hello $1"
    ask "$1" "BOOK ${2:-7}" "OK ${2:-7}"
    ask "$1" "CANCEL ${2:-7}" "OK ${2:-7}"
    ask "$1" 'QUIT' 'OK bye'
    hear_end "$1"
    leave "$1"
}

# bats test_tags=points:5
@test "it builds without warnings" {
    builds_cleanly
}

# bats test_tags=points:10,task:1
@test "ten clients are served one after the other" {
    local i
    start_server
    for i in {1..10}; do
        serves "client-$i"
    done
}

# bats test_tags=points:10,task:1
@test "while one client is silent another waits, and is served after it" {
    start_server
    connect alice
    ask alice 'HELLO alice' 'OK hello alice'
    connect bob # the system accepts the connection; the server does not yet
    say bob 'HELLO bob\n'
    ask alice 'BOOK 7' 'OK 7'
    leave alice
    hear bob 'OK hello bob'
    ask bob 'WHO 7' 'OK alice'
}

# bats test_tags=points:10,task:1
@test "after 200 clients no descriptor is left open" {
    local before
    start_server
    serves alice
    before=$(descriptors)
    clients_in_a_row 200
    serves carol # the last of them is done with when carol is served
    wait_until descriptors_are "$before" ||
        fails "$before open descriptors, as before" "$(descriptors)"
}

# bats test_tags=points:10,task:2
@test "a client that vanishes in the middle of a line harms nobody" {
    start_server
    connect alice
    ask alice 'HELLO alice' 'OK hello alice'
    say alice 'BOOK 7\nBOOK 8'
    leave alice
    serves bob 8 # nobody has booked it
}

# bats test_tags=points:15,task:2
@test "a client that is gone before it is answered harms nobody" {
    start_server
    connect alice
    ask alice 'HELLO alice' 'OK hello alice'
    # bob's requests wait in the queue, and bob is gone when they are answered:
    # the first reply is refused, a later one raises SIGPIPE.
    connect bob
    say bob "$(printf 'WHO 1\\n%.0s' {1..100})"
    leave bob
    leave alice
    serves carol
    server_lives
}

# bats test_tags=points:10,task:3
@test "a line without end gets an error, and the next client is served" {
    start_server
    connect alice
    say alice "$(head -c 1000000 /dev/zero | tr '\0' 'x')"
    hear alice 'ERR line too long'
    say alice 'xxx\n'
    ask alice 'HELLO alice' 'OK hello alice'
    leave alice
    serves bob
}

# bats test_tags=points:5,task:3
@test "a NUL byte gets an error, and the next client is served" {
    start_server
    connect alice
    say alice 'BOOK\0007\n'
    hear alice 'ERR not text'
    ask alice 'HELLO alice' 'OK hello alice'
    leave alice
    serves bob
}
