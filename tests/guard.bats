#!/usr/bin/env bats
# guard leaves nothing behind.
load lib/kit

# The process whose number stands in a file is gone.
assert_gone() { # <file>
    run kill -0 "$(cat "$1")"
    assert_failure
}

@test "no command: usage, exit status 2" {
    run build/bin/guard
    assert_failure 2
    assert_output 'usage: guard [--seconds N] [--memory MIB] -- COMMAND [ARGUMENTS]'
    run build/bin/guard --seconds soon -- true
    assert_failure 2
    run build/bin/guard --memory 0 -- true
    assert_failure 2
    run build/bin/guard --memory
    assert_failure 2
}

@test "a command that does not exist: a sentence, exit status 125" {
    run build/bin/guard -- no-such-command
    assert_failure 125
    assert_output 'guard: cannot run no-such-command: No such file or directory'
}

@test "the exit status is the command's" {
    run build/bin/guard -- bash -c 'exit 7'
    assert_failure 7
    run build/bin/guard -- bash -c 'kill -SEGV $$'
    assert_failure 139
}

@test "what the command leaves running is killed" {
    run build/bin/guard -- bash -c "sleep 600 & echo \$! >$scratch/pid"
    assert_success
    assert_gone "$scratch/pid"
}

@test "a daemon, in a session of its own and with another parent, is killed" {
    run build/bin/guard -- bash -c "
        (setsid bash -c 'echo \$\$ >$scratch/pid; trap \"\" TERM HUP; while :; do sleep 600; done' &)
        until [[ -s $scratch/pid ]]; do sleep 0.01; done"
    assert_success
    assert_gone "$scratch/pid"
}

@test "when the time is over the command is killed, even if it ignores signals: 124" {
    run build/bin/guard --seconds 1 -- bash -c "echo \$\$ >$scratch/pid; trap '' TERM INT; while :; do sleep 600; done"
    assert_failure 124
    assert_gone "$scratch/pid"
}

@test "told to end, it takes the command with it" {
    build/bin/guard -- bash -c "echo \$\$ >$scratch/pid; sleep 600" 3>&- &
    until [[ -s $scratch/pid ]]; do sleep 0.01; done
    kill -TERM $!
    wait $! || true
    assert_gone "$scratch/pid"
}

@test "the command gets SIGPIPE as usual, whatever its caller does" {
    run bash -c 'trap "" PIPE; build/bin/guard -- bash -c "kill -PIPE \$\$; echo survived"'
    assert_failure 141
    refute_output --partial survived
}

# ---- memory ----

# Guards a program that takes so many MiB in each of so many processes, and waits.
takes() { # <seconds> <MiB> <processes>
    run build/bin/guard --seconds "$1" --memory 100 -- build/tests/check/takes "$2" "$3"
}

@test "more memory than it may: killed, 123" {
    takes 20 300 1
    assert_failure 123
}

@test "what all processes take together counts" {
    takes 20 40 4
    assert_failure 123
}

@test "less memory than it may: it goes on, with a limit of time, too" {
    run build/bin/guard --seconds 20 --memory 100 -- bash -c 'exit 7'
    assert_failure 7
    takes 1 1 1
    assert_failure 124
}

@test "when who started guard is killed, guard ends what it guards" {
    bash -c 'build/bin/guard -- sh -c "echo \$\$ >$0/process; exec sleep 60" & wait' "$scratch" 3>&- &
    local starter=$! i
    for i in {1..200}; do
        [[ -s $scratch/process ]] && break
        sleep 0.02
    done
    kill -KILL $starter
    for i in {1..200}; do
        kill -0 "$(cat "$scratch/process")" 2>/dev/null || return 0
        sleep 0.02
    done
    return 1
}
