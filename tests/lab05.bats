#!/usr/bin/env bats
# Lab 05: the starter fails for the reason that the lab teaches, the solution
# passes, and every wrong fix loses the points of the checks that it names.
load lib/kit
load lib/labs

lab=05-race

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter fails: nothing is found yet" {
    starter_fails $lab ""
    run why_not "findings.md: the sale that is not counted"
    assert_output --partial "it does not name the variable"
}

@test "as long as interleave is not built, the schedules are ungraded" {
    solution_passes $lab 60
    run checks_that ungraded
    assert_output "double-booking.sched: seat 7 is sold to alice and to bob
lost-sale.sched: two seats are sold, and SOLD says 1"
    run why_not double-booking.sched
    assert_output --partial "interleave is not built"
}

@test "the solution passes every check" {
    solution_passes $lab 60
}

@test "every wrong fix loses the points of the checks that it names, and no others" {
    wrong_fixes_are_caught $lab
}
