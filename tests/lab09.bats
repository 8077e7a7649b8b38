#!/usr/bin/env bats
# Lab 09: the starter fails for the reason that the lab teaches, the solution
# passes. What wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=09-pool

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter fails: it is never at rest, and closes without a word" {
    starter_fails $lab "40 clients: no more than the queue holds come in, and each in its turn
500 clients at once: all are served, and ThreadSanitizer finds no race
it builds without warnings"
    run why_not 'who has nothing to do sleeps'
    assert_output --partial 'with nothing to do'
    run why_not 'every order: the pool is closed'
    assert_output --partial 'times_served'
}

@test "the solution passes every check" {
    solution_passes $lab 100
}
