#!/usr/bin/env bats
# Lab 03: the starter fails for the reason that the lab teaches, the solution
# passes, and every wrong fix fails the check that it names first.
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

@test "every wrong fix fails the check that it names first" {
    wrong_fixes_are_caught $lab
}
