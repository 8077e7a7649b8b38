#!/usr/bin/env bats
# Hints come one level at a time.
load lib/kit
load lib/handout

prepare() {
    enter_handout
}

@test "a task that the lab does not have: exit status 2" {
    run tools/hint 06 9
    assert_failure 2
    assert_output "hint: lab 06-mutex has no task '9'; its tasks are: 1 2 3"
}

@test "one level at a time, three in all, and the last one again" {
    run tools/hint 06 2
    assert_success
    assert_line '06-mutex, task 2: Keep the promise (hint 1)'
    assert_line 'For the next hint: make hint LAB=06 TASK=2'
    refute_output --partial 'pthread_mutex_lock(&lock);'
    run tools/hint 06 2
    assert_line '06-mutex, task 2: Keep the promise (hint 2)'
    run tools/hint 06 2
    assert_line '06-mutex, task 2: Keep the promise (hint 3)'
    assert_line '    pthread_mutex_lock(&lock);'
    assert_line 'That was the last hint for this task.'
    run tools/hint 06 2
    assert_line '06-mutex, task 2: Keep the promise (hint 3)'
    assert_line --partial 'Read labs/06-mutex/README.md again'
}

@test "each task has its own count" {
    tools/hint 06 2
    run tools/hint 06 1
    assert_line '06-mutex, task 1: State the promise (hint 1)'
}

@test "without a task: the one that the last check found wanting" {
    run tools/hint 05
    assert_line --partial 'task 1:'
    mkdir -p build/check/05-race
    echo '{"checks": [{"status": "passed", "task": 1}, {"status": "failed", "task": 3}]}' \
        >build/check/05-race/result.json
    run tools/hint 05
    assert_line --partial 'task 3:'
}
