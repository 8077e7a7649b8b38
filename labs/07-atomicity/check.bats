#!/usr/bin/env bats
# The visible checks of lab 07. Points and tasks are in the tags.
load ../../tools/check/lib

# The server as you got it.
readonly locked="$CHECK_KIT/build/given/locked"

# bats test_tags=points:5
@test "it builds without warnings" {
    builds_cleanly
}

# bats test_tags=points:15,task:1
@test "lost-seat.sched: alice may not move, and her seat is gone" {
    schedule_loses lost-seat.sched "$locked" history "alice's WHO 7 was answered 'OK free'" "alice's seat 7 is gone" \
        'HELLO alice; BOOK 7; MOVE 7 8; WHO 7' 'HELLO bob; BOOK 8'
}

# bats test_tags=points:15,task:1
@test "wrong-number.sched: MAP shows a seat that SOLD does not count" {
    schedule_loses wrong-number.sched "$locked" history "bob's SOLD was answered 'OK 0'" "bob's MAP shows seat 7, and his SOLD is 0" \
        'HELLO alice; BOOK 7' 'HELLO bob; MAP; SOLD'
}

# bats test_tags=points:5,task:3
@test "every pair of requests meets: still no race" {
    start_tsan_server
    meet_in_pairs
    tsan_found_nothing
}

# bats test_tags=points:15,task:3
@test "every order: one moves, the other one books (interleave)" {
    every_order_is_right --strategy=dpor "HELLO $one; BOOK 1; MOVE 1 2; WHO 1" "HELLO $other; BOOK 2"
}

# bats test_tags=points:10,task:3
@test "every order: SOLD and MAP fit (interleave)" {
    every_order_is_right --strategy=dpor "HELLO $one; BOOK $seat; CANCEL $seat" 'MAP; SOLD'
}

# bats test_tags=points:10,task:4
@test "refused.sched: seat 7 is free, and alice may not have it" {
    schedule_is_harmless refused.sched "$(program interleave)" $'OK free\nERR taken bob' \
        "alice hears 'OK free' and then 'ERR taken bob', and every reply is right" \
        'HELLO alice; WHO 7; BOOK 7' 'HELLO bob; MAP; BOOK 7'
}
