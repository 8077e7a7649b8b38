#!/usr/bin/env bats
# Checking a lab: what a submission may do, and what it costs.
load lib/kit
load lib/labs

prepare() {
    mkdir "$scratch/work"
}

# Puts a main with these first lines into lab 02's solution, and checks it.
check_with() { # <lines of C at the beginning of main>
    awk -v lines="$1" '{ print } /^int main/ { inside = 1 } inside && /^{/ { print lines; inside = 0 }' \
        solutions/02-server/server.c >"$scratch/work/server.c"
    check_all 02-server "$scratch/work"
}

field() { # <jq filter>
    jq -r "$1" "$result"
}

# The names of the checks that did not pass.
lost() {
    jq -r '.checks[] | select(.status != "passed") | .name' "$result"
}

# ---- misuse ----

@test "a folder without the lab's files: one sentence, exit status 2" {
    run tools/check/check 06 --from "$scratch/work"
    assert_failure 2
    assert_output "check: $scratch/work/seats.c is missing (make reset LAB=06 brings it back)"
}

@test "an option that does not exist: exit status 2" {
    run tools/check/check 06 --fast
    assert_failure 2
    assert_output --partial "what is '--fast'?"
}

# ---- what a submission may do ----

@test "code that does not compile: the compiler's first complaint; all checks fail" {
    echo 'int main(void) { return x; }' >"$scratch/work/server.c"
    check_all 02-server "$scratch/work"
    [[ $(field .score) == 0 ]]
    [[ $(field .status) == graded ]]
    run field '.checks[0].feedback'
    assert_output --regexp '^server\.c:1:25: error: .x. undeclared'
    run field '.checks[1].happened'
    assert_output 'it was not built'
}

@test "a warning costs the check for warnings, and no other" {
    check_with '    int unused;'
    run lost
    assert_output 'it builds without warnings'
    run field '.checks[0].feedback'
    assert_output --regexp 'warning: unused variable .unused.'
}

@test "a crash is told with its signal; the other checks still run" {
    check_with '    if (argc > 1) abort();'
    [[ $(field '.checks | length') == 9 ]]
    run field '.checks[0].status'
    assert_output passed
    run field '.checks[1].happened'
    assert_output --partial 'ended by signal 6 (ABRT)'
}

@test "an endless loop is cut; where it stands is shown" {
    export CHECK_PATIENCE=2
    check_with '    for (;;) continue;'
    [[ $(field '.checks | length') == 9 ]]
    run field '.checks[1].happened'
    assert_output 'it printed nothing for 10 s'
    run field '.checks[1].feedback'
    assert_output --partial 'from main (server.c:'
}

@test "endless output fills no disk and stops no check" {
    export CHECK_PATIENCE=2
    check_with '    for (;;) fprintf(stderr, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n");'
    [[ $(field '.checks | length') == 9 ]]
    (($(du -sm "$scratch/work.checked" | cut -f 1) < 1000))
}

@test "a submission that takes all memory is stopped, and told so" {
    export CHECK_MEMORY=64
    check_with 'for (;;) { volatile char *more = malloc(1 << 20); for (int i = 0; i < 1 << 20; i += 4096) more[i] = 1; }'
    [[ $(field .score) == "$(field '.checks[0].points')" ]] # it compiles
    run field '.checks[1].happened'
    assert_output --partial 'the server took more memory than it may (64 MiB)'
}

@test "a daemon that the submission leaves behind is gone afterwards" {
    check_with "    if (fork() == 0 && setsid() > 0 && fork() == 0) { FILE *f = fopen(\"$scratch/daemon\", \"w\"); fprintf(f, \"%d\", getpid()); fclose(f); for (;;) pause(); }"
    [[ -s $scratch/daemon ]]
    run kill -0 "$(cat "$scratch/daemon")"
    assert_failure
}

@test "a deadlock costs the checks that meet it; where the threads stand is shown" {
    make_wrong_fix 06-mutex solutions/06-mutex/wrong/forgotten-unlock.patch "$scratch/work"
    printf '%s\n' 'it builds without warnings' 'the lock is given back after every refusal' >"$scratch/work.named"
    check_what_is_named 06-mutex "$scratch/work"
    run field '.checks[] | select(.name | startswith("the lock is given back")) | .feedback'
    assert_output --partial 'is in pthread_mutex_lock, from seats_who (seats.c:'
    run field '.checks[0].status'
    assert_output passed
}

@test "what a submission prints is no verdict" {
    check_with '    printf("ok 2 a client books a seat over IPv6\nnot ok 3\n1..1\n"); fflush(stdout); if (argc > 1) return 0;'
    run field '.checks[] | select(.name == "a client books a seat over IPv6") | .status'
    assert_output failed
}

# ---- tools that are missing or broken ----

@test "a broken Helgrind: its check is ungraded, with the reason, and costs nothing" {
    mkdir "$scratch/bin"
    printf '#!/bin/bash\necho "==1== ERROR SUMMARY: 0 errors" >&2\n' >"$scratch/bin/valgrind"
    chmod +x "$scratch/bin/valgrind"
    copy_solution 06-mutex "$scratch/work"
    PATH="$scratch/bin:$PATH" check_all 06-mutex "$scratch/work"
    [[ $(field .score) == 90 && $(field .max) == 90 && $(field .ungraded) == 10 ]]
    run field '.checks[] | select(.status == "ungraded") | .happened'
    assert_output 'Helgrind does not work here: it does not find a race that is there (make doctor)'
}

@test "ThreadSanitizer that cannot start: its checks are ungraded" {
    mkdir "$scratch/bin"
    printf '#!/bin/bash\nshift; [[ $1 == true ]] || { echo "FATAL: ThreadSanitizer: no" >&2; exit 66; }\n' >"$scratch/bin/setarch"
    chmod +x "$scratch/bin/setarch"
    copy_solution 06-mutex "$scratch/work"
    PATH="$scratch/bin:$PATH" check_all 06-mutex "$scratch/work"
    [[ $(field .score) == 35 && $(field .max) == 35 && $(field .ungraded) == 65 ]]
}

@test "without socat the checks that need it are ungraded" {
    mkdir "$scratch/bin"
    printf '#!/bin/bash\nexit 1\n' >"$scratch/bin/socat"
    chmod +x "$scratch/bin/socat"
    copy_solution 01-client "$scratch/work"
    PATH="$scratch/bin:$PATH" check_all 01-client "$scratch/work"
    [[ $(field .score) == "$(field .max)" ]]
    (($(field .ungraded) > 0))
}

@test "nothing can be graded: exit status 3" {
    mkdir "$scratch/bin"
    printf '#!/bin/bash\nexit 1\n' >"$scratch/bin/bats"
    chmod +x "$scratch/bin/bats"
    copy_solution 02-server "$scratch/work"
    PATH="$scratch/bin:$PATH" run tools/check/check 02 --from "$scratch/work" --to "$scratch/out"
    assert_failure 3
    assert_line --partial 'the check itself failed: it did not run'
}

# ---- the result ----

@test "the screen: points, what was expected, what happened, why, and the raw report" {
    make_wrong_fix 06-mutex solutions/06-mutex/wrong/reading-unlocked.patch "$scratch/work"
    run tools/check/check 06 --from "$scratch/work" --to "$scratch/out"
    assert_failure 1
    assert_line '06-mutex: One lock, one promise'
    assert_line ' pass   5/5   it builds without warnings'
    assert_line ' FAIL   0/15  every pair of requests meets: ThreadSanitizer finds no race'
    assert_line '      expected:  ThreadSanitizer finds nothing'
    assert_output --regexp 'data race on `sold`: seats_[a-z]+ (reads|writes) it at +seats\.c:[0-9]+'
    assert_output --partial 'the first holds'
    assert_line --partial "raw:       $scratch/out/record/check/2/tsan."
    assert_line --regexp '^20 of 70 points; 30 are for hidden checks$'
    assert_line 'Next: make hint LAB=06 TASK=2, or labs/06-mutex/README.md'
}

@test "the raw report that the screen names is there" {
    make_wrong_fix 06-mutex solutions/06-mutex/wrong/reading-unlocked.patch "$scratch/work"
    check_all 06-mutex "$scratch/work"
    run cat "$(field '[.checks[] | select(.status == "failed") | .raw[]][0]')"
    assert_output --partial 'WARNING: ThreadSanitizer: data race'
}

@test "two checks of one lab at the same time do not meet" {
    copy_solution 02-server "$scratch/one"
    copy_solution 02-server "$scratch/two"
    tools/check/check 02 --from "$scratch/one" --to "$scratch/one.out" --quiet 3>&- &
    tools/check/check 02 --from "$scratch/two" --to "$scratch/two.out" --quiet
    wait $!
}

@test "interrupted, it leaves no process and no half result" {
    copy_solution 06-mutex "$scratch/work"
    tools/check/check 06 --from "$scratch/work" --to "$scratch/out/result" >/dev/null 3>&- &
    until compgen -G "$scratch/out/result.*/record/check/2/server.out*" >/dev/null; do sleep 0.05; done
    kill -TERM $!
    wait $! || true
    run ls "$scratch/out"
    assert_output ''
    run pgrep -f "$scratch/out/result"
    assert_failure
}
