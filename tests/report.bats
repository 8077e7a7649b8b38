#!/usr/bin/env bats
# Every detector looks at a program; what they found is explained, each mistake once.
load lib/kit
load lib/labs

# What all detectors say of one demo, in all forms.
setup_file() {
    local told=$BATS_FILE_TMPDIR/told
    mkdir "$told"
    CHECK_CACHE=$BATS_FILE_TMPDIR tools/report/report --out "$told/out" --demo 09 --json "$told/json" --html "$told/html" \
        --sarif "$told/sarif" >"$told/text" 3>&- || echo $? >"$told/status"
    cp "$told/json" "$BATS_FILE_TMPDIR/here.report"
}

# Whether a detector works here is found out once.
prepare() {
    export CHECK_CACHE=$BATS_FILE_TMPDIR
    told=$BATS_FILE_TMPDIR/told
}

report() { # <option>...
    run tools/report/report --out "$scratch/out" "$@"
}

# They are looked at together: see the last test.
clean_up() {
    [[ ! -f $scratch/out/report.json ]] || cp "$scratch/out/report.json" "$BATS_FILE_TMPDIR/$BATS_TEST_NUMBER.report"
}

# A program with a race, and something behind it.
write_racy() { # <what main does at its end>
    cat >"$scratch/racy_program.c" <<END
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int sold;

static void *sell(void *unused)
{
    sold++;
    return unused;
}

int main(void)
{
    pthread_t seller;
    pthread_create(&seller, NULL, sell, NULL);
    sold++;
    pthread_join(seller, NULL);
    $1
    return 0;
}
END
}

# ---- misuse ----

@test "without an argument it helps, with exit status 2" {
    run tools/report/report
    assert_failure 2
    assert_line --index 0 --partial 'usage: report [options] FILE.c'
}

@test "an option, a detector or a file that there is not: one sentence, exit status 2" {
    report --fast
    assert_failure 2
    assert_output "report: what is '--fast'? (report --help)"
    report --detectors tsan,luck x.c
    assert_failure 2
    assert_output "report: there is no detector 'luck'; there are: tsan helgrind drd asan interleave (report --help)"
    report "$scratch/none.c"
    assert_failure 2
    assert_output "report: there is no $scratch/none.c"
    report --lab 06 x.c
    assert_failure 2
    assert_output 'report: a lab, a demo, or files: one of them (report --help)'
    report --seconds soon x.c
    assert_failure 2
    report -- no-such-program
    assert_failure 2
    assert_output 'report: there is no program no-such-program'
}

@test "a lab without threads: one sentence, exit status 2" {
    report --lab 01
    assert_failure 2
    assert_output 'report: lab 01-client has no threads: the race detectors have nothing to look at'
}

@test "code that does not build: the compiler's words, one sentence, exit status 2" {
    echo 'x' >"$scratch/broken.c"
    report "$scratch/broken.c"
    assert_failure 2
    assert_line 'report: it does not build'
    copy_solution 06-mutex "$scratch/work"
    echo 'x' >>"$scratch/work/seats.c"
    report --lab 06 --from "$scratch/work"
    assert_failure 2
    assert_line --partial 'report: it does not build: '
}

# ---- what was found ----

@test "a race that four detectors see is one finding: who, where, which locks, what comes of it" {
    assert_equal "$(cat "$told/status")" 1
    output=$(cat "$told/text")
    mapfile -t lines <<<"$output"
    assert_line ' 1  data race on sold (int, racy.c:8)'
    assert_output --partial 'no lock is'
    assert_line --regexp '^     sell \(alice\), holding sales_lock:$'
    assert_line --regexp '^     refund \(bob\), holding refunds_lock:$'
    assert_line '       racy.c:24        sold--; // @refund'
    assert_line --regexp '^       main   37   assertion fails  <--$'
    assert_line --regexp '^     seen by   ThreadSanitizer, Helgrind, DRD, interleave$'
    assert_line --partial 'not by    AddressSanitizer: it looks at memory that is used wrongly'
    assert_line '     to read   lab 06: mutual exclusion: labs/06-mutex/README.md'
    assert_line '1 finding.'
    run grep -E '^.{81}' <(grep -v "$told" <<<"$output")
    assert_output ''
    [[ -s $told/out/tsan/raw.txt && -s $told/out/drd/raw.xml ]]
    # What is to be read is there, and the schedule can be followed.
    jq -r '.findings[].read[].path' "$told/json" | while IFS= read -r path; do test -f "$path"; done
    run build/bin/interleave replay --ignore-races "$told/out/interleave/outcome.sched" "$told/out/programs/interleave"
    assert_failure 1
}

@test "an atomicity violation: only interleave sees it, and the others are excused" {
    report --demo 03 --detectors tsan,interleave
    assert_failure 1
    assert_line ' 1  atomicity violation on holder (const char *, racy.c:13)'
    assert_output --partial '(check-then-act)'
    assert_line '     seen by   interleave'
    assert_line --partial 'not by    ThreadSanitizer: no access races'
}

@test "locks in two orders, and the deadlock that comes of it, are one finding" {
    report tests/report/two_orders.c --detectors tsan,interleave
    assert_failure 1
    assert_line ' 1  deadlock: T1 and T2 wait for each other'
    assert_line --partial 'waits for left  <--'
    assert_line '     seen by   ThreadSanitizer, interleave'
    assert_line '1 finding.'
}

@test "memory that is used after it was freed: by whom, and who freed it" {
    cat >"$scratch/freed.c" <<'END'
#include <stdlib.h>

static void forget(int *seat)
{
    free(seat);
}

int main(void)
{
    int *seat = calloc(4, sizeof *seat);
    forget(seat);
    return seat[1];
}
END
    report --detectors asan,interleave "$scratch/freed.c"
    assert_failure 1
    assert_line --partial '1  use after free'
    assert_output --partial 'freed'
    assert_line '     seen by   AddressSanitizer, interleave'
}

@test "a lab's server under clients: each variable once, its other places in a line" {
    report --lab 05 --detectors tsan,helgrind
    assert_failure 1
    assert_line --regexp '^ [12]  data race on seats\[[0-9]+\]\.holder \('
    assert_line --regexp '^ [12]  data race on sold \(int, seats\.c:[0-9]+\)'
    assert_line --regexp '^     also      .* at seats\.c:[0-9]+'
    assert_line --regexp '^       seats\.c:[0-9]+ +sold(\+\+|--);'
    [[ $(grep -cE '^ *[0-9]+  data race on sold' <<<"$output") == 1 ]]
}

@test "a variable has one name for all detectors, also one that a function keeps to itself" {
    cat >"$scratch/hidden.c" <<'END'
#include <pthread.h>

static int sell(void)
{
    static int sold, asked;
    return ++sold + ++asked;
}

static void *clerk(void *seat)
{
    return *(int *)seat + sell() < 0 ? seat : NULL;
}

int main(void)
{
    pthread_t clerks[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&clerks[i], NULL, clerk, &i);
    for (int i = 0; i < 2; i++)
        pthread_join(clerks[i], NULL);
    return 0;
}
END
    report --detectors tsan,drd,interleave "$scratch/hidden.c"
    assert_failure 1
    assert_line --regexp '^ [123]  data race on sold \(int, hidden\.c:5\)$'
    assert_line --regexp '^ [123]  data race on asked \(int, hidden\.c:5\)$' # in the same line
    assert_line --regexp '^ [123]  data race on i \(int\)$'                  # there are two of that name
    assert_line '3 findings.'
}

@test "what goes wrong is told to its end, within 80 columns" {
    cat >"$scratch/forgets.c" <<'END'
#include <pthread.h>

static pthread_mutex_t the_lock_of_the_house = PTHREAD_MUTEX_INITIALIZER;
static int sold;

static void *sell(void *unused)
{
    pthread_mutex_lock(&the_lock_of_the_house);
    sold++;
    return unused;
}

int main(void)
{
    pthread_t clerk;
    pthread_create(&clerk, NULL, sell, NULL);
    return pthread_join(clerk, NULL);
}
END
    report --detectors interleave "$scratch/forgets.c"
    assert_failure 1
    assert_output --partial 'and still holds'
    assert_output --regexp '\(since[[:space:]]+forgets\.c:8\)  <--'
    run grep -E '^.{81}' <(grep -v "$scratch" <<<"$output")
    assert_output ''
}

# With all detectors, and of the labs that come later: tests/more/report.bats.
@test "nothing to find: exit status 0" {
    report --lab 06 --from solutions/06-mutex --detectors tsan
    assert_success
    assert_line 'Nothing was found.'
}

@test "what a detector is known to get wrong is marked, with the reason, and does not count" {
    report --detectors helgrind --sarif "$scratch/sarif" slides/demos/11-lazy-init/fixed.c
    assert_success
    assert_output --partial 'no mistake of yours: Helgrind does not know'
    assert_line 'Nothing was found.'
    jq -e 'all(.runs[0].results[]; .suppressions[0].justification | test("pthread_once"))' "$scratch/sarif"
}

# ---- programs that do not come to their end, detectors that are not there ----

@test "a program that crashes, prints without end or hangs: what was seen, marked incomplete" {
    write_racy '*(volatile int *)0 = 1;'
    report --detectors helgrind "$scratch/racy_program.c"
    assert_failure 1
    assert_line --partial '1  data race on sold'
    assert_line --partial 'incomplete: it was ended by signal SIGSEGV'
    write_racy 'for (;;) puts("seat");'
    report --seconds 2 --detectors tsan "$scratch/racy_program.c"
    assert_failure 1
    assert_line --partial '1  data race on sold'
    assert_line --partial 'incomplete: it was ended after 2 s'
    write_racy 'pause();'
    report --detectors tsan "$scratch/racy_program.c"
    assert_failure 1
    assert_line --partial '1  data race on sold'
    assert_line --partial 'incomplete: it hung: all its threads slept for 3 s'
}

@test "without Valgrind the others still look, and it is named" {
    mkdir "$scratch/bin"
    printf '#!/bin/bash\nexit 1\n' >"$scratch/bin/valgrind"
    chmod +x "$scratch/bin/valgrind"
    write_racy ''
    unset CHECK_CACHE
    PATH="$scratch/bin:$PATH" report --detectors tsan,helgrind "$scratch/racy_program.c"
    assert_failure 1
    assert_line --partial '1  data race on sold'
    assert_line --partial 'Helgrind         absent: it does not work here'
    PATH="$scratch/bin:$PATH" report --detectors helgrind "$scratch/racy_program.c"
    assert_failure 3
}

@test "a program that is built already: Helgrind looks, and who wants the source says so" {
    write_racy ''
    gcc -g -pthread "$scratch/racy_program.c" -o "$scratch/racy_program"
    report --detectors tsan,helgrind -- "$scratch/racy_program"
    assert_failure 1
    assert_line --partial '1  data race on sold (int, racy_program.c:5)'
    assert_line --partial 'ThreadSanitizer  absent: the program was not built for it'
    assert_line '     sell (T1), holding no lock:'
    assert_line '     main, holding no lock:'
    assert_line --regexp '^       racy_program\.c:9 +sold\+\+;$'
}

@test "a server that a command uses: it gets its PORT, and the server is told to end" {
    tools/build 04 --from solutions/04-threads --to "$scratch/built"
    # shellcheck disable=SC2016 # the command expands it
    report --detectors drd --run 'nc -N ::1 $PORT <<<"BOOK 1" >'"$scratch/heard" -- "$scratch/built/server" 0
    [[ $(cat "$scratch/heard") == 'ERR '* ]]
    refute_output --partial 'incomplete'
}

@test "a server that crashes for one detector only is incomplete there, and not for the one before" {
    cat >"$scratch/second.c" <<END
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    if (access("$scratch/came", F_OK) == 0)
        abort();
    fclose(fopen("$scratch/came", "w"));
    puts("here");
    fflush(stdout);
    pause();
    return 0;
}
END
    report --run 'true' --detectors helgrind,drd "$scratch/second.c"
    assert_line --partial 'DRD              incomplete: it was ended by signal SIGABRT'
    refute_line --partial 'Helgrind         incomplete'
}

# ---- for programs ----

@test "--gcc: lines that editors jump to, with the column of the variable" {
    report --gcc --detectors tsan --demo 09
    assert_failure 1
    assert_line --regexp '^slides/demos/09-wrong-lock/racy\.c:(14|24):5: warning: data race on .sold.: .*\[data race\]$'
    assert_line --regexp '^slides/demos/09-wrong-lock/racy\.c:(14|24):5: note: here (sell|refund) (reads|writes) it$'
}

@test "--html: one page that needs no other file" {
    run grep -oE '(src|href)=' "$told/html"
    assert_output ''
    grep -q '<mark>  14      sold++; // @sell</mark>' "$told/html"
}

is_sarif() { # <file>...
    local files=("${@/#/-i}")
    PYTHONWARNINGS=ignore /usr/bin/jsonschema "${files[@]}" build/npm/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json
}

@test "--sarif: what its schema wants, with places, the losing order, and what is a false alarm" {
    is_sarif "$told/sarif"
    jq -e '.version == "2.1.0" and (.runs[0].results | length) == 1
        and .runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri == "slides/demos/09-wrong-lock/racy.c"
        and (.runs[0].results[0].codeFlows[0].threadFlows | length) == 3' "$told/sarif"
}

@test "what a program calls its things is text: in a page, and in a path" {
    jq '.findings[0].sentence = "a `<b>` & c" | .sources["racy.c"].path = "50% of it/racy.c"' "$told/json" >"$scratch/json"
    run jq -r -L tools/report --rawfile style tools/report/report.css -f tools/report/html.jq "$scratch/json"
    assert_line --partial 'a <code>&lt;b&gt;</code> &amp; c'
    run jq -r -L tools/report -f tools/report/sarif.jq "$scratch/json"
    assert_line --partial '"uri": "50%25%20of%20it/racy.c"'
}

# Of every class that has been in this file; GitHub wants more than the schema.
@test "every report can be told as SARIF, for editors and for code hosts" {
    local found
    jq -c -L tools/report -f tools/report/sarif.jq "$BATS_FILE_TMPDIR"/*.report >"$scratch/all"
    split -l 1 "$scratch/all" "$scratch/sarif."
    is_sarif "$scratch"/sarif.*
    found=$(jq -r '.runs[].tool.driver.rules[] | select(.fullDescription.text == null or .id == .name) | .id' "$scratch"/sarif.* | sort -u)
    assert_equal "$found" ''
}
