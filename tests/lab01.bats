#!/usr/bin/env bats
# Lab 01: the starter fails for the reason that the lab teaches, the solution
# passes. What wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=01-client

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter fails: it does not connect yet" {
    starter_fails $lab
    run why_not "it talks to a server over IPv6"
    assert_output --partial "connecting is task 1, and still to do"
}

@test "the solution passes every check" {
    solution_passes $lab 100
}
