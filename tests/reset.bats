#!/usr/bin/env bats
# Starting a lab again.
load lib/kit
load lib/handout

prepare() {
    enter_handout
}

@test "nothing was changed: it says so and asks nothing" {
    run tools/reset 06 </dev/null
    assert_success
    assert_output 'Lab 06-mutex is as you got it: there is nothing to reset.'
}

@test "no answer, or another one than yes: nothing is changed, exit status 1" {
    echo '// mine' >>labs/06-mutex/seats.c
    cp labs/06-mutex/seats.c "$scratch/mine"
    run tools/reset 06 </dev/null
    assert_failure 1
    run tools/reset 06 <<<n
    assert_failure 1
    assert_output --partial 'nothing was changed'
    cmp labs/06-mutex/seats.c "$scratch/mine"
}

@test "yes: the original is back, and the student's file is kept beside it" {
    cp labs/06-mutex/seats.c "$scratch/original"
    echo '// mine' >>labs/06-mutex/seats.c
    run tools/reset 06 <<<y
    assert_success
    assert_line 'This puts back: seats.c (in labs/06-mutex).'
    cmp labs/06-mutex/seats.c "$scratch/original"
    run tail -n 1 labs/06-mutex/seats.c.orig-20*
    assert_output '// mine'
}

@test "a file that was deleted comes back" {
    cp labs/06-mutex/seats.c "$scratch/original"
    rm labs/06-mutex/seats.c
    run tools/reset 06 <<<y
    assert_success
    cmp labs/06-mutex/seats.c "$scratch/original"
}

@test "only what was changed is put back" {
    echo mine >>labs/05-race/findings.md
    tools/reset 05 <<<y
    run ls labs/05-race
    assert_line --regexp '^findings.md.orig-'
    refute_line --regexp '^lost-sale.sched.orig-'
}

@test "in a clone, the original comes out of git, also after a commit of the student's" {
    git init -q .
    git config user.name student && git config user.email student@example.org
    rm -rf labs/*/.starter
    git add -f labs tools Makefile && git commit -q -m 'the kit'
    git clone -q . "$scratch/clone"
    cp labs/06-mutex/seats.c "$scratch/original"
    cd "$scratch/clone"
    git config user.name student && git config user.email student@example.org
    echo '// mine' >>labs/06-mutex/seats.c
    git commit -q -a -m 'my work'
    run tools/reset 06 <<<y
    assert_success
    cmp labs/06-mutex/seats.c "$scratch/original"
}
