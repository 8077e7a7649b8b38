#!/usr/bin/env bats
# What a check makes of what its tool says: passed, failed, or not to be graded. The
# tools are played by a script here.
load lib/kit

# shellcheck disable=SC2034 # the words of the checks use them
prepare() {
    local part
    CHECK_KIT="$scratch/kit" CHECK_DIR="$scratch/check" CHECK_JAIL='' record="$scratch/record"
    port=1 salt=0 server=1 memory_limit=1024
    explored=(program)
    mkdir -p "$CHECK_KIT/build/bin"
    printf '#!/bin/sh\ncat "%s/words"\nexit "$(cat "%s/status")"\n' "$scratch" "$scratch" >"$CHECK_KIT/build/bin/guard"
    chmod +x "$CHECK_KIT/build/bin/guard"
    for part in record interleave history; do
        # shellcheck disable=SC1090 # one of the files there
        source "tools/check/lib/$part.bash"
    done
    time_limit 60
}

# What the tool says, and how it ends.
tool() { # <exit status> <words>
    echo "$1" >"$scratch/status"
    printf '%s\n' "$2" >"$scratch/words"
}

# The server is as it was, whatever happens.
server_survived() { true; }
where_it_stands() { true; }

# A check that is given up ends.
# shellcheck disable=SC2317 # ungraded calls it
skip() { exit 1; }

# Runs a part of a check. What comes out is on one line.
verdict() { # <command>...
    rm -rf "$record"
    mkdir "$record"
    output='no verdict'
    if ("$@"); then
        output=passed
    elif [[ -f $record/ungraded ]]; then
        output="ungraded: $(cat "$record/ungraded")"
    elif [[ -f $record/expected ]]; then
        output="failed: $(cat "$record/happened")"
    fi
    [[ ! -f $record/timed_out ]] || output+=' (it took too long)'
}

# ---- interleave ----

explores() {
    nothing_goes_wrong 'no order goes wrong' --strategy=dpor
}

@test "interleave finds nothing: passed; something: failed, with what it is" {
    tool 0 'all 90 interleavings pass (91 schedules, 0.1 s)'
    verdict explores
    assert_output passed
    tool 1 $'found in schedule 3\nassert: it holds (T1, seats.c:9)\n  more of it\n\nlanes'
    verdict explores
    assert_output 'failed: assert: it holds (T1, seats.c:9) more of it'
    run cat "$record/raw"
    assert_output "$record/interleave.txt"
}

@test "interleave cannot judge it, or fails itself: ungraded, with the reason" {
    tool 3 'interleave: something besides the order decides'
    verdict explores
    assert_output 'ungraded: interleave cannot judge this: something besides the order decides'
    tool 2 'interleave: the program was not built with this interleave'
    verdict explores
    assert_output 'ungraded: interleave cannot judge this: the program was not built with this interleave'
    tool 139 'Segmentation fault'
    verdict explores
    assert_output 'ungraded: interleave cannot judge this: it ended with status 139'
}

@test "interleave does not come to its end: ungraded, and not passed" {
    tool 124 ''
    verdict explores
    assert_output 'ungraded: interleave did not come to an end within 200 s (it took too long)'
}

# ---- the swarm ----

swarm_says() { # <exit status> <server> <verdict> [<cut off>]
    tool "$1" "{\"verdict\": \"$3\", \"story\": \"seat 7 sold twice\", \"server\": \"$2\",
        \"load\": {\"clients\": 8, \"cut_off\": ${4:-0}}}"
    verdict swarm_is_content
}

@test "the swarm is content: passed; its history is wrong: failed, with the story" {
    swarm_says 0 alive linearizable
    assert_output passed
    swarm_says 1 alive violated
    assert_output 'failed: seat 7 sold twice'
}

@test "the judge cannot decide: ungraded" {
    swarm_says 3 alive undecided
    assert_output 'ungraded: the judge cannot decide whether the history is right'
}

@test "no reply to anybody: failed, and it took too long; clients that were cut off: failed" {
    swarm_says 3 hung linearizable
    assert_output "failed: no reply to anybody for $CHECK_PATIENCE s (it took too long)"
    swarm_says 3 alive linearizable 2
    assert_output 'failed: 2 of 8 were cut off'
    tool 3 ''
    verdict swarm_is_content
    refute_output passed
}

# ---- results ----

# What becomes of the checks of lab 02 when Bats says these lines: a status for each,
# the last one for all that follow.
statuses() { # <line>...
    mkdir -p "$scratch/bin"
    printf '%s\n' "$@" >"$scratch/tap"
    printf '#!/bin/sh\ncat "%s/tap"\n' "$scratch" >"$scratch/bin/bats"
    chmod +x "$scratch/bin/bats"
    run bash -c "PATH='$scratch/bin':\$PATH tools/check/run 02-server '$scratch/check' | jq -r .status | uniq | paste -sd ' '"
}

@test "what Bats never came to is an error of the kit's, and neither passed nor failed" {
    statuses '1..6' 'ok 1 one'
    assert_output 'passed error'
    statuses
    assert_output error
}

@test "a check that fails without a word, or is skipped without a reason, is an error of the kit's" {
    mkdir -p "$scratch/check/record/check/2"
    echo 'a reply' >"$scratch/check/record/check/2/expected"
    statuses '1..6' 'ok 1 one' 'not ok 2 two' '# in the file' 'ok 3 three' 'not ok 4 four' '# in the file' 'ok 5 five # skip'
    assert_output 'passed failed passed error'
}

@test "each check counts once, the last time; what was not judged is no part of the points" {
    local check='{"hidden":false,"task":1'
    run jq -n -c -L tools/check 'include "summary"; reduce inputs as $item (nothing_known; add_item($item))
        | summary | [.status, .score, .max, .ungraded, (.checks | length)]' <<END
$check,"name":"a","points":10,"got":0,"status":"skipped"}
$check,"name":"b","points":20,"got":0,"status":"failed"}
{"seconds":3}
$check,"name":"c","points":5,"got":0,"status":"ungraded"}
$check,"name":"a","points":10,"got":10,"status":"passed"}
END
    assert_output '["graded",10,30,5,3]'
}

# ---- the submission's own fault ----

@test "threads that do not come to an end within what is allowed fail" {
    tool 3 'unjudged: it has more than 200000 steps (--steps allows more) (T1, seats.c:7)'
    verdict explores
    assert_output 'failed: it has more than 200000 steps'
    tool 3 'unjudged: T1 computes too long without a scheduling point (--cpu allows more) (T1, seats.c:7)'
    verdict explores
    assert_output 'failed: T1 computes too long without a scheduling point'
}

@test "a server that ends before a client comes fails; one that takes all memory, too" {
    tool 3 'unjudged: it ended before a client could connect'
    verdict explores
    assert_output 'failed: it ended before a client could connect'
    tool 123 ''
    verdict explores
    assert_output 'failed: it took more memory than it may (1024 MiB)'
}
