#!/usr/bin/env bats
# Lab 06: the starter fails for the reason that the lab teaches, the solution
# passes. What wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=06-mutex

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter is the racy seats.c of labs 02 to 05" {
    cmp labs/common/seats.c labs/06-mutex/seats.c
}

@test "the starter fails: two threads race for the seats, and for their number" {
    starter_fails $lab
    run why_not "every pair of requests meets: ThreadSanitizer"
    assert_output --partial "data race on \`seats\`: is_free reads it"
    assert_output --partial "neither holds a lock"
    run why_not "many clients: their history"
    refute_output ""
}

@test "the solution passes every check" {
    solution_passes $lab 100
}
