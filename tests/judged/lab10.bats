#!/usr/bin/env bats
# Lab 10: the checks, tried on plausible mistakes.
# takes 230 s
load ../lib/kit
load ../lib/labs

lab=10-watch

@test "the starter fails: it uses what was freed" {
    starter_fails $lab "it builds without warnings
when the watchers have gone, so have their threads and their memory"
    run why_not 'watchers come and go: AddressSanitizer'
    assert_output --partial 'heap-use-after-free: '
}

@test "lab 10: every wrong fix loses the points of the checks that it names, and no others" {
    wrong_fixes_lose_what_they_name $lab
}
