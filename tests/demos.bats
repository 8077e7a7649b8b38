#!/usr/bin/env bats
# The small demos: each race happens on cue, each fix is proved.
load lib/kit

load_demos() {
    # shellcheck source=tools/demo.d/lib.bash
    . tools/demo.d/lib.bash
    bold='' plain=''
}

setup_file() {
    local demo programs=()
    load_demos
    for demo in $(all_demos); do
        programs+=(build/demos/"$demo"/{racy,fixed}.O0.{plain,tsan,interleave})
    done
    make --silent "${programs[@]}"
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
        jq -e '[.title, .class, .question, .finding, .says] | all(length > 0)' "$demos/$1/demo.json" >/dev/null &&
        (($(wc -l <"$demos/$1/README.md") <= 60))
}

@test "twenty demos, each whole" {
    [[ $(all_demos | wc -l) == 20 ]]
    each_demo is_whole
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

# The anchors in a file.
anchors_of() { # <file>
    grep -oE '@[a-z]+' "$1" | sort -u
}

has_its_anchors() {
    local anchor
    for anchor in $(anchors_of "$demos/$1/losing.sched") $(demo_field "$1" '.racy[] | "@" + .'); do
        grep -q "// $anchor\$" "$demos/$1/racy.c" || return 1
    done
    ! grep -qE '\.c:[0-9]' "$demos/$1/losing.sched"
}

@test "the anchors of schedules and racy lines are in the code; no line numbers" {
    each_demo has_its_anchors
}

@test "no sleep, no yield, no busy loop is planted" {
    run grep -nE 'sleep|yield|for \(;;\)|while \(1\)|for \([^)]*\);' "$demos"/*/racy.c
    assert_failure
}

# ---- on cue ----

loses_every_time() {
    local options status
    mapfile -t options < <(demo_options "$1")
    for _ in {1..20}; do
        status=0
        build/bin/interleave replay --quiet "${options[@]}" "$demos/$1/losing.sched" \
            "build/demos/$1/racy.O0.interleave" 2>/dev/null || status=$?
        ((status == 1)) || return 1
    done
}

@test "the losing schedule loses, 20 times of 20" {
    each_demo loses_every_time
}

fails_as_said() {
    local options finding
    mapfile -t options < <(demo_options "$1")
    finding=$(build/bin/interleave show --json "${options[@]}" "$demos/$1/losing.sched" \
        "build/demos/$1/racy.O0.interleave" | jq -r .finding.kind)
    [[ $finding == "$(demo_field "$1" .finding)" ]]
}

@test "it loses in the way that demo.json names" {
    each_demo fails_as_said
}

# What the lock forbids cannot be followed: that is a good end, too.
survives() {
    local status=0 options
    mapfile -t options < <(demo_options "$1")
    run build/bin/interleave replay "${options[@]}" "$demos/$1/losing.sched" "build/demos/$1/fixed.O0.interleave"
    ((status == 0)) || [[ $status == 3 && $output == *' waits for '* ]]
}

@test "the fixed program survives the losing schedule, or makes it impossible" {
    each_demo survives
}

is_proved() {
    local proof
    proof=$(build/bin/interleave explore --quiet --json "build/demos/$1/fixed.O0.interleave")
    # Which signal comes when is left to chance.
    if [[ $1 == *signal* ]]; then
        jq -e '.found == false and .schedules == 10000' <<<"$proof" >/dev/null
    else
        jq -e .exhaustive <<<"$proof" >/dev/null
    fi
}

@test "every fix is proved: all interleavings pass; with signals, 10,000 schedules" {
    each_demo is_proved
}

# For all demos: tests/long/demos.bats.
@test "what the detectors say of two demos is what demo.json claims" {
    tools/matrix --runs 1 --plain 1 --levels O0 --to "$scratch" lost-update stolen-wakeup
    tools/demo.d/claims "$scratch/matrix.json"
    assert_file_has "$scratch/matrix.md" '| 08-stolen-wakeup | racy -O0 |'
}

assert_file_has() { # <file> <text>
    grep -qF -- "$2" "$1"
}

@test "a claim that is not true is found" {
    printf '{"cells":[{"demo":"01-lost-update","version":"racy","level":"O0","by":"tsan","found":0,"runs":1}]}' >"$scratch/matrix.json"
    run tools/demo.d/claims "$scratch/matrix.json"
    assert_failure 1
    assert_output '01-lost-update racy -O0: tsan is said to speak, but in 0 of 1 runs'
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
