#!/usr/bin/env bats
# The visible checks of lab 04. Points and tasks are in the tags.
load ../../tools/check/lib

# Connects so many clients that then say nothing. Each is served once before the
# next one comes, so that a server does not pass or fail by luck.
connect_idle() { # <count>
    local i
    for ((i = 1; i <= $1; i++)); do
        connect "idle-$i"
        ask "idle-$i" 'SOLD' 'OK 0'
    done
}

leave_all() {
    local name
    for name in "${!client[@]}"; do
        leave "$name"
    done
}

# bats test_tags=points:5
@test "it builds without warnings" {
    builds_cleanly
}

# bats test_tags=points:15,task:1
@test "200 idle clients, and one that is served" {
    start_server
    connect_idle 200
    connect alice
    ask alice 'HELLO alice' 'OK hello alice'
    ask alice 'BOOK 7' 'OK 7'
    # And each of the others when it speaks.
    ask idle-1 'WHO 7' 'OK alice'
    ask idle-200 'WHO 7' 'OK alice'
}

# bats test_tags=points:15,task:2
@test "every thread has its own connection (ThreadSanitizer)" {
    local i
    start_tsan_server
    connect_idle 8
    for i in {8..1}; do
        ask "idle-$i" "HELLO client-$i" "OK hello client-$i"
    done
    leave_all
    tsan_found_nothing
}

# bats test_tags=points:10,task:2
@test "two clients in every order: each hears its own replies (interleave)" {
    local said="$record/interleave.txt" status
    # bob is served to his end while alice is still connected.
    follow_schedule replay "$(program interleave)" 'HELLO alice; WHO 1' 'HELLO bob; WHO 2' <<'END' || return 1
alice until leave
bob   until end
END
    if ((status != 0)); then
        raw_report "$said"
        fails "bob is served while alice is connected" "$(finding | sed "s|^interleave: [^ ]* ||")"
    fi
    every_order_is_right --ignore-races 'HELLO alice; WHO 1' 'HELLO bob; WHO 2'
}

# bats test_tags=points:10,task:3
@test "when the clients have gone, so have their threads" {
    start_server
    connect_idle 50
    leave_all
    wait_until threads_are 1 || fails "1 thread is left" "$(threads) are"
}

# bats test_tags=points:10,task:3
@test "when the clients have gone, so have their descriptors" {
    local before
    start_server
    before=$(descriptors)
    connect_idle 50
    leave_all
    wait_until descriptors_are "$before" ||
        fails "$before open descriptors, as before" "$(descriptors)"
}

# bats test_tags=points:15,task:4
@test "if there is no thread to be had, one client is refused, not all" {
    export FAULTS='pthread_create:EAGAIN@2-3'
    start_server
    connect alice
    ask alice 'HELLO alice' 'OK hello alice'
    connect bob
    hear_refusal bob
    connect carol
    hear_refusal carol
    connect dave
    ask dave 'HELLO dave' 'OK hello dave'
    ask alice 'BOOK 7' 'OK 7'
}
