#!/usr/bin/env bats
# Lab 05: the checks, tried on plausible mistakes.
load ../lib/kit
load ../lib/labs

@test "lab 05: every wrong fix loses the points of the checks that it names, and no others" {
    wrong_fixes_lose_what_they_name 05-race
}
