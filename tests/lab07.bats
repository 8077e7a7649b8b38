#!/usr/bin/env bats
# Lab 07: the starter fails for the reason that the lab teaches, the solution
# passes. What wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=07-atomicity

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the server on which schedules are followed is the one that students get" {
    cmp labs/common/locked/seats.c labs/07-atomicity/seats.c
}

@test "the starter fails: no race, and yet a seat is lost and the number wrong" {
    starter_fails $lab "a move that is refused changes nothing, and gives the lock back
every pair of requests meets: still no race
it builds without warnings"
    run why_not 'every order: one moves, the other one books'
    assert_output --partial "WHO 1 was answered 'OK free', but seat 1 was sold to abigail and still held"
    run why_not 'every order: SOLD and MAP fit'
    assert_output --partial "SOLD was answered 'OK 0', but no order of the requests gives that"
    run why_not refused.sched
    assert_output --partial "nobody hears 'ERR taken bob'"
}

@test "the race detectors find nothing in the starter" {
    run tools/report/report --lab $lab
    assert_success
    assert_line --partial 'interleave       absent: the order that loses is yours to find'
}

@test "any order that loses will do: by lines, with more turns" {
    copy_solution $lab "$scratch/submission"
    printf '%s\n' 'bob until seats_book' 'alice until seats_who #2' 'alice until seats_cancel' 'bob until end' \
        'alice until end' >"$scratch/submission/lost-seat.sched"
    printf '%s\n' 'alice until count_sales' 'bob until end' >"$scratch/submission/wrong-number.sched"
    check_all $lab "$scratch/submission"
    run checks_that failed
    assert_output ''
}

@test "the solution passes every check" {
    solution_passes $lab 100
}
