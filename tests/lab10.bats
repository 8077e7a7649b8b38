#!/usr/bin/env bats
# Lab 10: the solution passes. What the starter and wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=10-watch

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

# Runs one check on the wrong fix that sends under the lock.
check_sender() { # <check>
    make_wrong_fix $lab "solutions/$lab/wrong/sends-under-the-lock.patch" "$scratch/sends"
    echo "$1" >"$scratch/only"
    check_only "$scratch/only" $lab "$scratch/sends"
}

# The starter waits like that, too, but may end by its other mistake before. (That it
# fails is in tests/judged: its thousand watchers take most of a minute.)
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
