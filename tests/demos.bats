#!/usr/bin/env bats
# The small demos: each race happens on cue, each fix is proved.
load lib/kit

load_demos() {
    # shellcheck source=tools/demo.d/lib.bash
    . tools/demo.d/lib.bash
    bold='' plain=''
}

# The programs, and how each racy one fails: a line for each demo.
setup_file() {
    make --no-print-directory --silent shown-demos
    jq -r '"\(input_filename | split("/")[-2]) \(.finding)"' slides/demos/*/demo.json >"$BATS_FILE_TMPDIR/findings"
}

prepare() {
    load_demos
}

# Calls a function with each demo's name, and says which one fails.
each_demo() { # <function>
    local demo
    for demo in $(all_demos); do
        "$1" "$demo" || { echo "$demo" && return 1; }
    done
}

# ---- misuse ----

@test "a demo that does not exist: one sentence, exit status 2" {
    run tools/demo nothing
    assert_failure 2
    assert_output "demo: there is no demo 'nothing' (make demo DEMO=list shows them)"
    run tools/demo.d/play
    assert_failure 2
    run tools/demo lost-update aba
    assert_failure 2
}

@test "matrix with a number or a level that is none: exit status 2" {
    run tools/matrix --runs 0
    assert_failure 2
    assert_output "matrix: --runs takes a number from 1 on, not '0'"
    run tools/matrix --levels O9
    assert_failure 2
    run tools/matrix --to /nowhere
    assert_failure 2
}

# ---- what a demo is ----

is_whole() {
    [[ -f $demos/$1/racy.c && -f $demos/$1/fixed.c && -f $demos/$1/losing.sched && -f $demos/$1/README.md ]] &&
        (($(wc -l <"$demos/$1/README.md") <= 60))
}

@test "twenty demos, each whole" {
    [[ $(all_demos | wc -l) == 20 ]]
    each_demo is_whole
    run jq -r 'select([.title, .class, .question, .finding, .says] | all(length > 0)) | input_filename' "$demos"/*/demo.json
    assert_equal "$output" "$(printf '%s\n' "$demos"/*/demo.json)"
}

has_a_fair_length() {
    local lines
    lines=$(wc -l <"$demos/$1/racy.c")
    ((lines >= 20 && lines <= 80))
}

@test "a racy program has 20 to 80 lines" {
    each_demo has_a_fair_length
}

changed_lines() {
    diff "$demos/$1/racy.c" "$demos/$1/fixed.c" | grep -c '^[<>]'
}

@test "the diff is the fix: at most 20 lines, half of them under 12" {
    local demo counts=()
    for demo in $(all_demos); do
        counts+=("$(changed_lines "$demo")")
    done
    mapfile -t counts < <(printf '%s\n' "${counts[@]}" | sort -n)
    ((counts[-1] <= 20 && counts[10] < 12))
}

# Of those in the schedule and in demo.json none that is not at the end of a line.
has_its_anchors() {
    local lost
    lost=$({ grep -oE '@[a-z]+' "$demos/$1/losing.sched" && demo_field "$1" '.racy[] | "@" + .'; } | sort -u |
        comm -23 - <(grep -oE '// @[a-z]+$' "$demos/$1/racy.c" | cut -c 4- | sort -u))
    [[ -z $lost ]] && ! grep -qE '\.c:[0-9]' "$demos/$1/losing.sched"
}

@test "the anchors of schedules and racy lines are in the code; no line numbers" {
    each_demo has_its_anchors
}

@test "no sleep, no yield, no busy loop is planted" {
    run grep -nE 'sleep|yield|for \(;;\)|while \(1\)|for \([^)]*\);' "$demos"/*/racy.c
    assert_failure
}

# ---- on cue ----

# For those whose harm is more than a data race; sets `options`.
options_for() { # <demo>
    options=(--ignore-races)
    ! grep -q "^$1 race$" "$BATS_FILE_TMPDIR/findings" || options=()
}

loses() {
    local options status=0
    options_for "$1"
    build/bin/interleave replay --quiet "${options[@]}" "$demos/$1/losing.sched" \
        "build/demos/$1/racy.O0.interleave" 2>/dev/null || status=$?
    ((status == 1))
}

# 20 times of 20: tests/more/demos.bats.
@test "the losing schedule loses" {
    each_demo loses
}

shows_how() {
    local options
    options_for "$1"
    build/bin/interleave show --json "${options[@]}" "$demos/$1/losing.sched" \
        "build/demos/$1/racy.O0.interleave" >"$scratch/$1" || true
}

@test "it loses in the way that demo.json names" {
    each_demo shows_how
    cd "$scratch"
    diff "$BATS_FILE_TMPDIR/findings" <(jq -r '"\(input_filename) \(.finding.kind)"' [0-9]*)
}

# What the lock forbids cannot be followed: that is a good end, too.
survives() {
    local status=0 options
    options_for "$1"
    run build/bin/interleave replay "${options[@]}" "$demos/$1/losing.sched" "build/demos/$1/fixed.O0.interleave"
    ((status == 0)) || [[ $status == 3 && $output == *' waits for '* ]]
}

@test "the fixed program survives the losing schedule, or makes it impossible" {
    each_demo survives
}

proves() {
    build/bin/interleave explore --quiet --json --schedules 1000 "build/demos/$1/fixed.O0.interleave" >"$scratch/$1" || true
}

# Which signal comes when is left to chance; 10,000 schedules: tests/more/demos.bats.
@test "every fix is proved: all interleavings pass; with signals, 1,000 schedules" {
    each_demo proves
    cd "$scratch"
    run jq -r 'select(if input_filename | test("signal") then .found == false and .schedules == 1000 else .exhaustive end) | input_filename' [0-9]*
    assert_equal "$output" "$(cd "$OLDPWD" && all_demos)"
}

# For all demos: tests/more/demos.bats. Of this one every detector says something, and
# Helgrind of the fixed program, too.
@test "what the detectors say of a demo is what demo.json claims" {
    tools/matrix --runs 1 --plain 1 --levels O0 --to "$scratch" lazy-init
    tools/demo.d/claims "$scratch/matrix.json"
    assert_file_has "$scratch/matrix.md" '| 11-lazy-init | racy -O0 |'
}

assert_file_has() { # <file> <text>
    grep -qF -- "$2" "$1"
}

@test "a claim that is not true is found" {
    cat >"$scratch/matrix.json" <<'END'
{"cells": [
    {"demo": "01-lost-update", "version": "racy", "level": "O0", "by": "tsan", "found": 0, "runs": 1},
    {"demo": "01-lost-update", "version": "racy", "level": "O2", "by": "drd", "found": 1, "runs": 2},
    {"demo": "01-lost-update", "version": "fixed", "level": "O0", "by": "helgrind", "found": 1, "runs": 2},
    {"demo": "01-lost-update", "version": "fixed", "level": "O0", "by": "plain", "found": 1, "runs": 2},
    {"demo": "01-lost-update", "version": "racy", "level": "O0", "by": "plain", "found": 1, "runs": 2},
    {"demo": "16-signal-handler", "version": "racy", "level": "O0", "by": "tsan", "found": 1, "runs": 2}
]}
END
    run tools/demo.d/claims "$scratch/matrix.json"
    assert_failure 1
    assert_output '01-lost-update racy -O0: tsan is said to speak, but in 0 of 1 runs
01-lost-update racy -O2: drd is said to speak, but in 1 of 2 runs
01-lost-update fixed -O0: helgrind finds something in 1 of 2 runs
01-lost-update fixed -O0: plain finds something in 1 of 2 runs'
}

@test "a Helgrind that does not work: the acts say so, and the matrix is not made" {
    mkdir "$scratch/bin"
    printf '#!/bin/sh\nexit 1\n' >"$scratch/bin/valgrind"
    chmod +x "$scratch/bin/valgrind"
    PATH="$scratch/bin:$PATH" run tools/demo lost-update
    assert_line '  Helgrind: does not work here (make doctor).'
    PATH="$scratch/bin:$PATH" run tools/matrix --to "$scratch" 1
    assert_failure 1
    assert_output --partial 'helgrind does not work here'
    [[ ! -e $scratch/matrix.json ]]
}

# ---- how they are shown ----

@test "list: every demo, by class" {
    run tools/demo list
    assert_success
    assert_line --index 0 'lost update'
    assert_line '   1  lost-update            Two clerks, one counter'
    refute_line --regexp '^.{81}'
    assert_equal "$(grep -cE '^  [ 0-9][0-9]  ' <<<"$output")" 20
}

@test "five acts: the code, 200 runs, the detectors, the lanes, the fix and its proof" {
    run tools/demo aba
    assert_success
    assert_line --regexp '^>  [0-9]+ .*// @swap$'
    assert_line --regexp '^  200 times it went well\.|^  [0-9]+ of 200 times it went wrong'
    assert_line '  ThreadSanitizer: finds nothing, in 3 runs.'
    assert_output --partial 'changed it back (ABA)'
    assert_line --partial 'interleave: all 38 interleavings pass.'
    refute_line --regexp '^.{101}'
}

@test "at a terminal the acts wait for Enter, and Ctrl-C leaves nothing behind" {
    run expect -c 'set timeout 60
        spawn env --default-signal=INT tools/demo lost-update
        expect timeout { exit 1 } -ex {[Enter]}
        send "\r"
        expect timeout { exit 1 } -ex {[Enter]}
        send "\003"
        expect timeout { exit 1 } eof
        lassign [wait] pid spawned error status
        exit $status'
    assert_failure 130
    assert_output --partial '2 of 5'
    refute_output --partial '3 of 5'
}

@test "the audience plays: the demo by its number, until somebody quits" {
    run tools/demo.d/play 1 <<<q
    assert_success
    assert_output --partial 'who goes on?'
}
