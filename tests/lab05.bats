#!/usr/bin/env bats
# Lab 05: the starter fails for the reason that the lab teaches, the solution
# passes. What wrong fixes lose is in tests/judged.
load lib/kit
load lib/labs

lab=05-race

@test "the lab's folders are complete, and its points are 100 in all" {
    lab_is_complete $lab
}

@test "every wrong fix names checks that there are" {
    wrong_fixes_name_checks $lab
}

@test "the starter fails: nothing is found yet" {
    starter_fails $lab ""
    run why_not "findings.md: the sale that is not counted"
    assert_output --partial "it does not name the variable"
}

@test "the starter's schedules are empty: nothing goes wrong" {
    starter_fails $lab ""
    run why_not double-booking.sched
    assert_output --partial "the schedule is followed to its end, and nothing goes wrong"
}

@test "a schedule that cannot be followed: the line, and why" {
    copy_solution $lab "$scratch/submission"
    echo 'carol until end' >"$scratch/submission/lost-sale.sched"
    printf '# both\nalice until seats.c@nowhere\n' >"$scratch/submission/double-booking.sched"
    check_all $lab "$scratch/submission"
    run why_not lost-sale.sched
    assert_output --partial "nothing goes wrong"
    run why_not double-booking.sched
    assert_output --partial "double-booking.sched cannot be followed: line 2: there is no line with that anchor: nowhere"
}

@test "any schedule that loses will do: by lines, by functions, with more turns" {
    copy_solution $lab "$scratch/submission"
    printf '%s\n' 'alice until seats_book' 'bob until seats.c:45' 'alice until end' 'bob until end' \
        >"$scratch/submission/double-booking.sched"
    check_all $lab "$scratch/submission"
    run checks_that failed
    assert_output ""
}

@test "if interleave cannot build the server, the schedules are ungraded" {
    mkdir "$scratch/bin"
    # Only interleave links with -no-pie.
    printf '#!/bin/sh\ncase "$*" in *-no-pie*) echo "gcc: broken" >&2; exit 1 ;; esac\nexec %s "$@"\n' \
        "$(command -v gcc)" >"$scratch/bin/gcc"
    chmod +x "$scratch/bin/gcc"
    copy_solution $lab "$scratch/solution"
    PATH="$scratch/bin:$PATH" check_anew $lab "$scratch/solution"
    run jq -r '"\(.score) of \(.max)"' "$result"
    assert_output '60 of 60'
    run checks_that ungraded
    assert_output "double-booking.sched: seat 7 is sold to alice and to bob
lost-sale.sched: two seats are sold, and SOLD says 1"
    run why_not double-booking.sched
    assert_output --partial "gcc: broken"
}

@test "the solution passes every check" {
    solution_passes $lab 100
}
