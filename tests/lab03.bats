#!/usr/bin/env bats
# Lab 03: the starter fails for the reason that the lab teaches, the solution
# passes. What wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=03-iterative

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter fails: it ends after its first client" {
    starter_fails $lab
    run why_not "ten clients are served"
    assert_output --partial "the server ended with exit status 0"
}

@test "the solution passes every check" {
    solution_passes $lab 100
}
