#!/usr/bin/env bats
# Lab 04: the starter fails for the reason that the lab teaches, the solution
# passes. What wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=04-threads

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter fails: it waits for one client, and the others wait for it" {
    starter_fails $lab
    run why_not "200 idle clients"
    assert_output --partial "no answer for"
    assert_output --partial "is in read, from receive (serve.c"
}

@test "the solution passes every check" {
    solution_passes $lab 100
}
