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

# Runs a part of a check. What comes out is on one line.
verdict() { # <command>...
    rm -rf "$record"
    mkdir "$record"
    output='no verdict'
    if (skip() { exit 1; } && "$@"); then
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

@test "a server that ends before a client comes fails; one that takes all memory, too" {
    tool 3 'unjudged: it ended before a client could connect'
    verdict explores
    assert_output 'failed: it ended before a client could connect'
    tool 123 ''
    verdict explores
    assert_output 'failed: it took more memory than it may (1024 MiB)'
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
