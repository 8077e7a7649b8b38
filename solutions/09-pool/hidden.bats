#!/usr/bin/env bats
# The hidden checks of lab 09.
load ../../tools/check/lib

# bats test_tags=points:5,task:3
@test "every order: a queue of two, and who came first is served first (interleave)" {
    every_order_of_the_driver_is_right --schedules=500 1 2 1 3 finish
    every_order_of_the_driver_is_right --schedules=1500 1 2 4 1 finish
    every_order_of_the_driver_is_right --schedules=1000 2 2 2 2 close
}

# bats test_tags=points:5,task:4
@test "every order: idle clients do not keep the pool open (interleave)" {
    every_order_of_the_driver_is_right --strategy=dpor 1 1 1 2 close idle
    every_order_of_the_driver_is_right --schedules=1000 2 1 2 1 close idle
}

# bats test_tags=points:5,task:4
@test "every order: a number that is used again is let alone (interleave)" {
    every_order_of_the_driver_is_right --strategy=dpor 1 1 1 1 close reuse
}

# bats test_tags=points:5,task:2
@test "500 clients at once: all are served, and ThreadSanitizer finds no race" {
    start_tsan_server 60 # it can watch 64 locks at a time
    swarm_is_content --clients 500 --requests 10
    tsan_found_nothing
}
