#!/usr/bin/env bats
# Lab 08: the marks are fair, however often and however busy the machine.
load ../lib/kit
load ../lib/labs
load ../lib/repeat

clean_up() {
    lighten
}

@test "starter, solution and wrong fixes get the same marks in every round" {
    same_marks 08-deadlock
}

@test "with all processors busy every wrong fix loses the same points, and the solution none" {
    load_up
    wrong_fixes_lose_what_they_name 08-deadlock check_anew
    solution_passes 08-deadlock 100 check_anew
}
