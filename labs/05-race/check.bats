#!/usr/bin/env bats
# The visible checks of lab 05. Points and tasks are in the tags.
load ../../tools/check/lib
source "$CHECK_KIT/tools/check/lib/findings.bash"

# A section of findings.md, against ThreadSanitizer.
tsan_confirms() { # <title> <first anchor> <second anchor>
    local section
    section=$(read_section "$1")
    section_is_complete "$1" "$section"
    findings_of_tsan
    race_was_found "$1" "$section" "$(cat "$record/findings")" "$2" "$3"
}

# bats test_tags=points:20,task:1
@test "findings.md: the sale that is not counted" {
    tsan_confirms 'The sale that is not counted' count count
}

# bats test_tags=points:20,task:1
@test "findings.md: the seat that is sold twice" {
    tsan_confirms 'The seat that is sold twice' check act
}

# bats test_tags=points:20,task:2
@test "double-booking.sched: seat 7 is sold to alice and to bob" {
    schedule_loses double-booking.sched "$(program interleave)" history 'seat 7 sold to' "seat 7 is sold to alice and to bob" \
        'HELLO alice; BOOK 7' 'HELLO bob; BOOK 7'
}

# bats test_tags=points:20,task:3
@test "lost-sale.sched: two seats are sold, and SOLD says 1" {
    schedule_loses lost-sale.sched "$(program interleave)" history "'OK 1', but 2 seats" "two seats are sold, and SOLD says 1" \
        'HELLO alice; BOOK 7; SOLD' 'HELLO bob; BOOK 8; SOLD'
}
