#!/usr/bin/env bats
# The sentence under the lanes says what went wrong, and why: on the demos.
load lib/kit

setup_file() {
    local demo programs=()
    for demo in slides/demos/*/; do
        programs+=("build/demos/$(basename "$demo")/racy.O0.interleave")
    done
    make --silent "${programs[@]}"
}

# The lanes of a demo's losing schedule; the sentence in one line.
tell() { # <demo> <option>...
    local folder
    folder=$(echo slides/demos/*-"$1")
    run build/bin/interleave show "${@:2}" "$folder/losing.sched" "build/demos/${folder##*/}/racy.O0.interleave"
    assert_success
    sentence=$(awk '/^$/ { text = ""; next } { text = text " " $0 } END { print text }' <<<"$output")
}

says() { # <words>
    [[ $sentence == *"$1"* ]] || { echo "$sentence" && return 1; }
}

@test "an update in one line is lost; a check in another line was a check" {
    tell lost-update --ignore-races
    says 'alice overwrites sold at line 11, which bob wrote since alice read it (lost update)'
    tell double-booking --ignore-races
    says 'which bob wrote since alice read it at line 16 (check-then-act)'
}

@test "two reads that do not belong together: torn" {
    tell torn-pair
    says 'main reads unsold at line 21; then clerk changes unsold and sold; then main reads sold at line 23'
    says '(torn read)'
}

@test "compare and swap after a change there and back: ABA" {
    tell aba
    says 'alice finds at line 19 that top is still 0, as at line 15; but bob has changed it since, and changed it back (ABA)'
}

@test "a value that nobody has written yet, or that somebody is about to write" {
    tell shared-argument --ignore-races
    says 'main reads false from served[0]'
    says 'which nobody has written so far'
    tell exit-race
    says 'while clerk is about to write it at line 14; the process ends while clerk still runs'
}

@test "a thread that waits for itself: since which line, and it never got the lock again" {
    tell self-deadlock
    says 'alice waits for lock, which it holds since line 21: it can never go on.'
    refute_line --regexp '^ +11 locks lock$.*11 locks lock'
    assert_equal "$(grep -c '11 locks lock' <<<"$output")" 2 # alice's and bob's first
}

@test "who is woken and does not look again: who has changed it meanwhile" {
    tell stolen-wakeup --ignore-races
    says 'alice reads seats at line 14; then main and bob change it; then alice, woken at line 15, writes it at line 16 (stolen wakeup)'
}

@test "what was written is there to the last byte; what was read is told" {
    tell interleaved-reply --ignore-races
    assert_line --partial '16 writes "3\n" to'
    says 'main reads "SOLD SOLD 7\n3\n" from descriptor'
}

@test "signals are in the lanes, by name" {
    tell signal-handler
    assert_line --regexp '^ +33 sends SIGUSR1$'
    assert_line --regexp '^ +26 handles SIGUSR1$'
}

@test "a descriptor that is closed and given out again is in the lanes" {
    tell descriptor-reuse
    assert_line --regexp '^ +22 closes descriptor [0-9]+$'
    assert_line --regexp '^ +23 opens descriptors [0-9]+$'
}

@test "a use after free by a plain access names the field" {
    tell use-after-free --ignore-races
    says 'alice reads watcher#1.events, which bob freed before'
}

@test "what strtok remembers has a name and a value" {
    COLUMNS=160 tell static-buffer --ignore-races
    assert_line --regexp '^ +21 writes strtok_place -> &alice.request\[5\]$'
}

@test "COLUMNS makes the lanes wider; nonsense does not" {
    tell aba
    refute_line --regexp '^  .{79}'
    COLUMNS=100 tell aba
    assert_line --regexp '^  .{79}'
    refute_line --regexp '^  .{99}'
    COLUMNS=wide tell aba
    refute_line --regexp '^  .{79}'
}
