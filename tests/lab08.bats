#!/usr/bin/env bats
# Lab 08: the starter fails for the reason that the lab teaches, the solution
# passes. What wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=08-deadlock

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the server on which the schedule is followed is the one that students get" {
    cmp labs/common/seatlocks/seats.c labs/08-deadlock/seats.c
}

@test "the starter fails: two wait for each other, and a map shows what never was" {
    starter_fails $lab "every order: SOLD and MAP fit (interleave)
it builds without warnings
who books does not keep others from booking another seat
who moves does not keep others from moving elsewhere
who moves to the own seat is answered, and so is the next one"
    run why_not 'every order: two move crosswise'
    assert_output --partial 'deadlock: '
    run why_not 'to and fro'
    assert_output --partial 'two locks are taken in opposite orders'
    run why_not 'every order: one moves'
    assert_output --partial 'but the house never looked like that at one moment'
}

@test "any schedule that ends in a deadlock will do: by lines, with more turns" {
    copy_solution $lab "$scratch/submission"
    printf '%s\n' 'bob until seats_move' 'alice until exchange' 'alice until end' >"$scratch/submission/deadlock.sched"
    check_all $lab "$scratch/submission"
    run why_not deadlock.sched
    assert_output --partial 'nothing goes wrong'
    printf '%s\n' 'bob until seats_move' 'alice until seats_move' 'bob until lock_seat #3' \
        >"$scratch/submission/deadlock.sched"
    printf '%s\n' 'alice until lock_seat #3' >>"$scratch/submission/deadlock.sched"
    check_all $lab "$scratch/submission"
    run checks_that failed
    assert_output ''
}

@test "the solution passes every check" {
    solution_passes $lab 100
}
