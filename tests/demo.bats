#!/usr/bin/env bats
# The main demonstration.
load lib/kit

@test "an argument: exit status 2" {
    run tools/demo now
    assert_failure 2
}

@test "the race is shown or admitted, the detectors explain it, the lock ends it" {
    DEMO_PATIENCE=2 run tools/demo
    assert_success
    assert_line --partial 'The racy box office'
    # On two processors it is as good as certain within the demo's 20 seconds; if it does
    # not happen, the demo says so.
    assert_output --regexp 'SOLD TWICE, in try [0-9]+|It did not happen in [0-9]+ tries'
    # Which of the races a detector meets first is up to the schedule.
    assert_output --regexp 'ThreadSanitizer: data race on `(seats|sold)[^`]*`: '
    assert_output --regexp 'Helgrind: data race on `(seats|sold)[^`]*`: '
    assert_line --partial '20 tries, 20 good histories'
    assert_line '  ThreadSanitizer: finds nothing.'
    assert_line '  Helgrind: finds nothing.'
    assert_line --partial 'labs/05-race'
    refute_line --regexp '^.{81}'
}

@test "the racy code plants nothing: no sleep, no yield, no busy loop" {
    run grep -nE 'sleep|yield|usleep|volatile|for \(;;\)|while \(1\)' labs/common/seats.c
    assert_failure
}
