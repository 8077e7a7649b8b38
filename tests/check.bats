#!/usr/bin/env bats
# Checking a lab: what a submission may do, and what it costs.
load lib/kit
load lib/labs

# Lab 02's solution with more in it: lines before main, and at its beginning.
solution_with() { # <lines of C before main> <lines of C in it>
    before=$1 within=$2 awk '
        /^int main/ { print ENVIRON["before"]; inside = 1 }
        { print }
        inside && /^{/ { print ENVIRON["within"]; inside = 0 }' solutions/02-server/server.c
}

# What goes wrong in a server depends on how often it has been started: in the first
# of the checks that start it, it lies, in the second one it crashes, and so on.
moods() {
    cat <<END
#include <pthread.h>
static pthread_mutex_t kept = PTHREAD_MUTEX_INITIALIZER;
static void *wants_it(void *unused)
{
    pthread_mutex_lock(&kept);
    return unused;
}
static void misbehave(void)
{
    static char line[4096];
    pthread_t thread;
    FILE *starts = fopen("$BATS_FILE_TMPDIR/starts", "a");
    fputs(".", starts);
    long start = ftell(starts);
    fclose(starts);
    switch (start) {
    case 1: // over IPv6
        printf("ok 2 a client books a seat over IPv6\nnot ok 3\n1..1\n");
        fflush(stdout);
        exit(0);
    case 2: // over IPv4
        abort();
    case 4: // half-closes
        for (;;) {
            volatile char *more = malloc(1 << 20);
            for (int i = 0; i < 1 << 20; i += 4096)
                more[i] = 1;
        }
    case 5: // its client has gone
        memset(line, 'x', sizeof line - 1);
        for (;;)
            fprintf(stderr, "%s\n", line);
    case 7: // half a line
        for (;;)
            usleep(1000);
    case 8: // takes its port again
        pthread_mutex_lock(&kept);
        pthread_create(&thread, NULL, wants_it, NULL);
        pthread_join(thread, NULL);
    }
}
END
}

daemon() {
    cat <<END
static void start_daemon(void)
{
    if (fork() != 0)
        return;
    if (setsid() < 0 || fork() != 0)
        _exit(0);
    FILE *file = fopen("$BATS_FILE_TMPDIR/daemon", "w");
    fprintf(file, "%d", getpid());
    fclose(file);
    for (;;)
        pause();
}
END
}

# Checks two submissions of lab 02 at the same time. The moody one waits for whoever does
# not start as long as for all else.
setup_file() {
    local folder=$BATS_FILE_TMPDIR
    mkdir "$folder/careless" "$folder/moody"
    solution_with "$(daemon)" '    int unused; start_daemon();' >"$folder/careless/server.c"
    solution_with "$(moods)" '    misbehave();' >"$folder/moody/server.c"
    check_anew 02-server "$folder/careless" 3>&- &
    CHECK_HASTY=yes CHECK_MEMORY=64 check_anew 02-server "$folder/moody"
    wait $!
}

prepare() {
    mkdir "$scratch/work"
}

result_of() { # careless|moody
    result="$BATS_FILE_TMPDIR/$1.checked/result.json"
}

field() { # <jq filter>
    jq -r "$1" "$result"
}

# The names of the checks that did not pass.
lost() {
    field '.checks[] | select(.status != "passed") | .name'
}

# Puts a command in front of the system's.
broken() { # <command> <script>
    mkdir -p "$scratch/bin"
    printf '#!/bin/bash\n%s\n' "$2" >"$scratch/bin/$1"
    chmod +x "$scratch/bin/$1"
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
    result_of careless
    run lost
    assert_output 'it builds without warnings'
    run field '.checks[0].feedback'
    assert_output --regexp 'warning: unused variable .unused.'
}

@test "a daemon that the submission leaves behind is gone afterwards" {
    [[ -s $BATS_FILE_TMPDIR/daemon ]]
    run kill -0 "$(cat "$BATS_FILE_TMPDIR/daemon")"
    assert_failure
}

@test "whatever happens in a check, the others still run" {
    result_of moody
    run field '[.checks[].status] | join(" ")'
    assert_output 'passed failed failed passed failed failed passed failed failed'
}

@test "what a submission prints is no verdict" {
    result_of moody
    run field '.checks[] | select(.name == "a client books a seat over IPv6") | .status'
    assert_output failed
}

@test "a crash is told with its signal" {
    result_of moody
    run field '.checks[2].happened'
    assert_output --partial 'ended by signal 6 (ABRT)'
}

@test "a submission that takes all memory is stopped, and told so" {
    result_of moody
    run field '.checks[4].happened'
    assert_output --partial 'the server took more memory than it may (64 MiB)'
}

@test "endless output fills no disk" {
    result_of moody
    run field '.checks[5].happened'
    assert_output --partial 'ended by signal 25 (XFSZ)'
    (($(du -sm "$BATS_FILE_TMPDIR/moody.checked" | cut -f 1) < 100))
}

@test "an endless loop is cut; where it stands is shown" {
    result_of moody
    run field '.checks[7].happened'
    assert_output "it printed nothing for $CHECK_PATIENCE s"
    run field '.checks[7].feedback'
    assert_output --partial 'from misbehave (server.c:'
}

@test "a deadlock is cut; where its threads stand is shown" {
    result_of moody
    run field '.checks[8].feedback'
    assert_output --partial 'is in pthread_mutex_lock, from wants_it (server.c:'
    assert_output --partial 'from misbehave (server.c:'
}

@test "two checks of one lab at the same time do not meet, and leave nothing else" {
    run ls "$BATS_FILE_TMPDIR"
    assert_output 'careless
careless.checked
daemon
moody
moody.checked
starts'
    assert_equal "$(tr -d '\n' <"$BATS_FILE_TMPDIR/starts")" ........
}

# ---- tools that are missing or broken ----

@test "broken detectors: their checks are ungraded, with the reason, and cost nothing" {
    broken valgrind 'echo "==1== ERROR SUMMARY: 0 errors" >&2'
    broken setarch 'shift; [[ $1 == true ]] || { echo "FATAL: ThreadSanitizer: no" >&2; exit 66; }'
    cp labs/06-mutex/seats.c "$scratch/work" # in which interleave finds something at once
    PATH="$scratch/bin:$PATH" check_anew 06-mutex "$scratch/work"
    run field '"\(.score) of \(.max), \(.ungraded)"'
    assert_output '5 of 25, 75'
    run field '.checks[] | select(.happened | startswith("Helgrind")) | "\(.status) \(.points) \(.happened)"'
    assert_output 'ungraded 10 Helgrind does not work here: it does not find a race that is there (make doctor)'
    run field '[.checks[] | select(.happened | startswith("ThreadSanitizer does not work here")) | .points] | add'
    assert_output 65
}

@test "without socat the checks that need it are ungraded" {
    broken socat 'exit 1'
    copy_solution 01-client "$scratch/work"
    printf '%s\n' 'it builds without warnings' 'it talks to a server over IPv4' \
        'a host that does not exist: a clear message, exit status 1' >"$scratch/only"
    PATH="$scratch/bin:$PATH" check_only "$scratch/only" 01-client "$scratch/work"
    run field '.checks[] | "\(.status): \(.name)"'
    assert_output 'passed: it builds without warnings
ungraded: it talks to a server over IPv4
passed: a host that does not exist: a clear message, exit status 1'
}

@test "nothing can be graded: exit status 3" {
    broken bats 'exit 1'
    echo 'int main(void) { return x; }' >"$scratch/work/server.c"
    PATH="$scratch/bin:$PATH" run tools/check/check 02 --from "$scratch/work" --to "$scratch/out"
    assert_failure 3
    assert_line --partial 'the check itself failed: it did not run'
}

# ---- the result ----

@test "the screen: points, what was expected, what happened, why, and the raw report, which is there" {
    make_wrong_fix 06-mutex solutions/06-mutex/wrong/reading-unlocked.patch "$scratch/work"
    printf '%s\n' 'it builds without warnings' 'every pair of requests meets: ThreadSanitizer finds no race' >"$scratch/only"
    CHECK_ONLY="$scratch/only" run tools/check/check 06 --from "$scratch/work" --to "$scratch/out"
    assert_failure 1
    assert_line '06-mutex: One lock, one promise'
    assert_line ' pass   5/5   it builds without warnings'
    assert_line ' FAIL   0/15  every pair of requests meets: ThreadSanitizer finds no race'
    assert_line '      expected:  ThreadSanitizer finds nothing'
    assert_output --regexp 'data race on `sold`: seats_[a-z]+ (reads|writes) it at +seats\.c:[0-9]+'
    assert_output --partial 'the first holds'
    assert_line --partial "raw:       $scratch/out/record/check/2/tsan."
    assert_line '5 of 20 points; 80 are for hidden checks'
    assert_line 'Next: make hint LAB=06 TASK=2, or labs/06-mutex/README.md'
    result="$scratch/out/result.json"
    run cat "$(field '[.checks[] | select(.status == "failed") | .raw[]][0]')"
    assert_output --partial 'WARNING: ThreadSanitizer: data race'
}

@test "interrupted, it leaves no process and no half result" {
    local status=0
    mkfifo "$scratch/meeting"
    solution_with '' "    fclose(fopen(\"$scratch/meeting\", \"w\")); fclose(fopen(\"$scratch/meeting\", \"r\")); return 1;" \
        >"$scratch/work/server.c"
    echo 'a client books a seat over IPv6' >"$scratch/only"
    CHECK_ONLY="$scratch/only" tools/check/check 02 --from "$scratch/work" --to "$scratch/out/result" >/dev/null 3>&- &
    cat "$scratch/meeting" # until the check has started the server
    kill -TERM $!
    : >"$scratch/meeting" # now the server may go on
    wait $! || status=$?
    assert_equal "$status" 130
    run ls "$scratch/out"
    assert_output ''
    run pgrep -f "$scratch/out/result"
    assert_failure
}
