#!/usr/bin/env bats
# Lab 10: the starter fails for the reason that the lab teaches, the solution
# passes, and every wrong fix loses the points of the checks that it names.
load lib/kit
load lib/labs

lab=10-watch

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter fails: it uses what was freed, and all wait for who does not read" {
    starter_fails $lab "it builds without warnings
when the watchers have gone, so have their threads and their memory"
    run why_not 'watchers come and go: AddressSanitizer'
    assert_output --partial 'heap-use-after-free: '
    run why_not 'a watcher that does not read'
    assert_output --regexp 'no reply to anybody|ended by signal' # if it gets that far
}

@test "the solution passes every check" {
    solution_passes $lab 100
}

@test "every wrong fix fails the check that it names first" {
    wrong_fixes_are_caught $lab
}
