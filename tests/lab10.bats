#!/usr/bin/env bats
# Lab 10: the starter fails for the reason that the lab teaches, the solution
# passes, and every wrong fix fails the check that it names first.
load lib/kit
load lib/labs

lab=10-watch

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter fails: it uses what was freed" {
    starter_fails $lab "it builds without warnings
when the watchers have gone, so have their threads and their memory"
    run why_not 'watchers come and go: AddressSanitizer'
    assert_output --partial 'heap-use-after-free: '
}

# Runs one check on the wrong fix that sends under the lock.
check_sender() { # <check>
    make_wrong_fix $lab "solutions/$lab/wrong/sends-under-the-lock.patch" "$scratch/sends"
    echo "$1" >"$scratch/only"
    CHECK_ONLY="$scratch/only" check_all $lab "$scratch/sends"
}

# The starter waits like that, too, but may end by its other mistake before.
@test "who sends under the lock lets all wait for who does not read: that is what is said" {
    check_sender 'a watcher that does not read stops nobody, and is told at last that it was too slow'
    run why_not 'a watcher that does not read'
    assert_output --partial 'no reply to anybody'
}

@test "who sends under the lock is not saved by the longer patience of a second try" {
    export CHECK_PATIENCE=10
    check_sender 'SIGTERM: watchers are told, and one that does not read is not waited for'
    run why_not 'SIGTERM'
    assert_output --partial 'no answer for 10 s'
}

@test "the solution passes every check" {
    solution_passes $lab 100
}

@test "every wrong fix fails the check that it names first" {
    wrong_fixes_are_caught $lab
}
