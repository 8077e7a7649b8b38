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

# Follows a schedule of the submission on the racy server.
does_what_its_name_says() { # <file> <part of the story> <what is to happen> <requests>...
    local said="$record/interleave.txt" status
    follow_schedule "${@:4}" <"$CHECK_FROM/$1" || return 1
    raw_report "$said"
    case $status in
    1) [[ $(finding) == "history: "*"$2"* ]] || fails "$3" "$(finding)" ;;
    0) fails "$3" "the schedule is followed to its end, and nothing goes wrong" ;;
    *) cannot_follow "$1" "$3" ;;
    esac
}

# A line that is no turn, or a turn that is impossible: the submission's fault.
cannot_follow() { # <file> <what is to happen>
    local why
    why=$(sed -n "s|^interleave: $record/schedule:\([0-9]*\): |line \1: |p" "$said" | head -n 1)
    [[ -n $why ]] || cannot_judge || return 1
    fails "$2" "$1 cannot be followed: $why"
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
    does_what_its_name_says double-booking.sched 'seat 7 sold to' "seat 7 is sold to alice and to bob" \
        'HELLO alice; BOOK 7' 'HELLO bob; BOOK 7'
}

# bats test_tags=points:20,task:3
@test "lost-sale.sched: two seats are sold, and SOLD says 1" {
    does_what_its_name_says lost-sale.sched "'OK 1', but 2 seats" "two seats are sold, and SOLD says 1" \
        'HELLO alice; BOOK 7; SOLD' 'HELLO bob; BOOK 8; SOLD'
}
