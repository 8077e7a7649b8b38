#!/usr/bin/env bats
# Lab 09: the checks, tried on plausible mistakes.
# takes 570 s
load ../lib/kit
load ../lib/labs

@test "lab 09: every wrong fix loses the points of the checks that it names, and no others" {
    wrong_fixes_lose_what_they_name 09-pool
}
