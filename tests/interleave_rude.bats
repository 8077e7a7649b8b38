#!/usr/bin/env bats
# A program that misbehaves never takes interleave down, never hangs it, and
# never makes it lie.
load lib/kit
load lib/explored

readonly program=build/tests/interleave/rude/rude unseen=build/tests/interleave/rude/unseen
readonly runs=10 # of what is no finding

setup_file() {
    make --silent $program $unseen
}

# Standard error is no place for warnings: see lib/explored.
explore() { # <how> [<argument>]
    explored --ignore-races --exit-code --schedules $runs $program "$@"
}

assert_kind() { # <kind> <how>
    explore "$2"
    [[ $status == 1 && $found == true && $kind == "$1" && $first == 1 && $schedules == 1 ]] || fail "$2: $output"
}

assert_nothing() { # <how> [<argument>]
    explore "$@"
    [[ $status == 0 && $found == false && $schedules == "$runs" ]] || fail "$1: $output"
}

# The sentence: what a person reads.
assert_sentence() { # <how> <text> [<option>]...
    run timeout 60 build/bin/interleave explore --ignore-races --schedules 1 "${@:3}" $program "$1"
    assert_failure 1
    assert_line --partial "$2"
}

# ---- faults ----

@test "a fault: the thread, the address and the line" {
    assert_kind crash fault
    assert_sentence fault 'crash: segmentation fault: a null pointer (T1, rude.c:'
}

@test "a stack that overflows in a thread is called that" {
    assert_sentence overflow 'crash: stack overflow (T1, rude.c:'
}

@test "a handler of its own does not hide a fault, and does not repeat it for ever" {
    assert_kind crash hidden_fault
    assert_kind crash repeated_fault
}

@test "an index far out of bounds does not get at the runtime's memory" {
    assert_sentence wild_index 'where nothing of its own is (main, rude.c:'
}

@test "memory that is written over, from the stack upwards: a crash" {
    assert_kind crash wild_memory
}

@test "noise in the memory that it shares with the tool: a crash, and no wild numbers" {
    assert_kind crash wild_sharing
    assert_sentence wild_sharing "crash: it wrote over memory that is interleave's" --save "$scratch/saved"
}

# ---- no end ----

@test "a loop that counts, and never comes to a scheduling point: unjudged, by its CPU time, with the line" {
    run build/bin/interleave explore --cpu 1 --ignore-races --schedules 1 $program loop
    assert_failure 3
    assert_line --partial 'unjudged: T1 computes too long without a scheduling point (--cpu allows more) (T1, rude.c:'
}

@test "a loop that does nothing at all: livelock, with the line" {
    assert_sentence spin 'livelock: T1 goes round and round without an end (T1, rude.c:' --cpu 1
}

@test "a loop that looks at what nobody changes: livelock, at once" {
    assert_sentence look 'livelock: T1 goes round and round, and nobody changes what it looks at (T1, rude.c:' --cpu 3600
}

@test "prints without end: livelock" {
    assert_kind livelock print
}

@test "a thread that never ends is no finding when main returns" {
    assert_nothing endless_thread
}

@test "takes memory without end: it gets none at last" {
    assert_nothing endless_memory
}

@test "the time that is allowed ends a run, too, and that is no finding" {
    run timeout 60 build/bin/interleave explore --ignore-races --cpu 3600 --time 1 $program loop
    assert_success
    assert_line --regexp '^nothing found in [0-9]+ schedules'
}

# ---- other processes ----

@test "when it is told to end, so do the run and all that the run has started" {
    local explorer process
    build/bin/interleave explore $program forks_for_ever "$scratch/pids" >"$scratch/said" 2>&1 3>&- &
    explorer=$!
    until [[ -s $scratch/pids ]]; do sleep 0.05; done
    kill -TERM $explorer
    wait $explorer || true
    read -r process <"$scratch/pids"
    until ! kill -0 "$process" 2>/dev/null; do sleep 0.05; done
}

@test "a process that it forks runs on outside of the run, and can be waited for" {
    assert_nothing forks
}

@test "processes that it forks and forgets are gone afterwards, also those that left the group" {
    assert_nothing forks_and_forgets "$scratch/pids"
    [[ $(wc -l <"$scratch/pids") -eq $runs ]]
    local process
    while read -r process; do
        run kill -0 "$process"
        assert_failure
    done <"$scratch/pids"
}

@test "a fork bomb gets no more processes; where only processes work, nothing was tested" {
    run build/bin/interleave explore --schedules 10 $program fork_bomb
    assert_failure 3
    assert_output 'what the processes do that it forks was not tested'
}

@test "becomes another program, or tries to" {
    assert_nothing becomes_another
    assert_nothing becomes_nobody
}

# ---- what is not its own ----

@test "closes all descriptors" {
    assert_nothing closes_all
}

@test "kills its parent, or everybody: it may not" {
    assert_nothing kills_others
}

@test "limits its own memory: pthread_create fails with EAGAIN" {
    assert_nothing no_memory
}

# ---- the end ----

@test "exit from a thread, by any of its names: its status counts" {
    local how
    for how in exits exits_at_once exits_quickly leaves_main; do
        assert_kind exit $how
    done
}

@test "exit from a handler of atexit, and a handler that joins a thread" {
    assert_kind exit exits_twice
    assert_kind exit joins_at_exit
}

@test "abort in a thread: a crash" {
    assert_sentence abort 'crash: abort() was called (T1, rude.c:'
}

@test "250 threads" {
    assert_nothing many_threads
}

@test "ends itself by a signal: a crash that names it" {
    assert_sentence signals_itself 'crash: main ends the process by signal 15 (Terminated)'
    assert_sentence kills_itself 'crash: main ends the process by signal 9 (Killed)'
    assert_kind crash stops_itself
}

@test "ends by a signal that the kernel sends unseen: a crash, and not exit status 0" {
    run build/bin/interleave explore --exit-code $unseen
    assert_failure 1
    assert_line 'crash: ended by signal 15'
}
