#!/usr/bin/env bats
# Lab 02: the starter fails for the reason that the lab teaches, the solution
# passes. What wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=02-server

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter fails: it does not listen yet" {
    starter_fails $lab
    run why_not "a client books a seat over IPv6"
    assert_output --partial "cannot listen on port 0: Function not implemented"
}

@test "the solution passes every check" {
    solution_passes $lab 100
}
