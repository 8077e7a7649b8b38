#!/usr/bin/env bats
# The visible checks of lab 09. Points and tasks are in the tags.
load ../../tools/check/lib

readonly workers=4 places=16

# Connects so many clients. The first ones are served, and say nothing more.
fill_the_house() { # <clients>
    local i
    for ((i = 1; i <= $1; i++)); do
        connect "client-$i"
        say "client-$i" 'SOLD\n'
        ((i > workers)) || hear "client-$i" 'OK 0' SOLD
    done
    wait_until not_let_in_are $(($1 - workers - places - 1)) || fails \
        "of $1 clients $workers are served, $places wait in the queue, and one at its door" \
        "$(($(descriptors) - before)) have been let in"
}

# bats test_tags=points:5
@test "it builds without warnings" {
    builds_cleanly
}

# bats test_tags=points:15,task:1
@test "who has nothing to do sleeps: in an empty house, and in a full one" {
    local before
    start_server
    before=$(descriptors)
    connect alice
    ask alice 'SOLD' 'OK 0'
    leave alice
    sleeps "with no client,"
    fill_the_house $((workers + places + 5))
    sleeps "when the queue is full,"
}

# bats test_tags=points:15,task:1
@test "every order: two put in, two serve, in a queue of one (interleave)" {
    every_order_of_the_driver_is_right --strategy=dpor 1 1 1 2 finish
    every_order_of_the_driver_is_right --schedules=1500 2 1 2 1 finish
    every_order_of_the_driver_is_right --schedules=500 2 1 2 2 finish
}

# bats test_tags=points:10,task:2
@test "40 clients: no more than the queue holds come in, and each in its turn" {
    local before i
    start_server
    before=$(descriptors)
    fill_the_house 40
    for ((i = 1; i <= 40 - workers; i++)); do
        leave "client-$i"
        hear "client-$((i + workers))" 'OK 0' SOLD
    done
}

# bats test_tags=points:15,task:3
@test "every order: the pool is closed while two put in (interleave)" {
    every_order_of_the_driver_is_right --strategy=dpor 1 1 1 2 close
    every_order_of_the_driver_is_right --schedules=1500 2 1 2 1 close
    every_order_of_the_driver_is_right --schedules=1000 1 1 4 1 close
}

# bats test_tags=points:10,task:4
@test "SIGTERM: what came is answered, everybody is told, and the exit status is 0" {
    local before status i
    start_server
    before=$(descriptors)
    for ((i = 1; i <= workers; i++)); do
        connect "client-$i"
        ask "client-$i" "HELLO client-$i" "OK hello client-$i"
    done
    connect "$one"
    say "$one" "HELLO $one\nBOOK $seat\n"
    wait_until descriptors_are $((before + workers + 1)) ||
        fails "$one waits in the queue" "the server holds $(descriptors) descriptors, $before of them before"
    kill -TERM "$server"
    for ((i = 1; i <= workers; i++)); do
        hear "client-$i" 'ERR closing'
        hear_end "client-$i"
    done
    hear "$one" "OK hello $one"
    hear "$one" "OK $seat"
    hear "$one" 'ERR closing'
    hear_end "$one"
    server_ends
    ((status == 0)) || fails "the exit status is 0" "it is $status"
}

# bats test_tags=points:10,task:4
@test "SIGTERM: who does not read, or never stops talking, is not waited for" {
    local status before
    start_server 100
    before=$(descriptors)
    printf 'MAP\n%.0s' {1..100000} >"$record/requests"
    socat -u "OPEN:$record/requests,ignoreeof" "TCP6:[::1]:$port,rcvbuf=4096" 2>/dev/null 3>&- &
    guards+=($!)
    wait_until is_kept_waiting || fails "the server waits until the client reads" "it goes on"
    { yes SOLD | socat - "TCP6:[::1]:$port" >/dev/null; } 2>/dev/null 3>&- &
    guards+=($!)
    connect "$one"
    ask "$one" 'SOLD' 'OK 0'
    wait_until descriptors_are $((before + 3)) ||
        fails "three clients are served" "the server holds $(descriptors) descriptors, $before of them before"
    kill -TERM "$server"
    hear "$one" 'ERR closing'
    server_ends
    ((status == 0)) || fails "the exit status is 0" "it is $status"
}
