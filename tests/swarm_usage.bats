#!/usr/bin/env bats
# The command line of swarm.
load lib/kit

swarm=build/bin/swarm

# One clear sentence, and exit status 2.
assert_wrong() { # <sentence> <argument>...
    local sentence=$1
    shift
    run "$swarm" "$@"
    assert_failure 2
    assert_output "$sentence"
}

@test "port 0" {
    assert_wrong "swarm: --port takes a port from 1 to 65535, not '0'" --port 0
    assert_wrong "swarm: --port takes a port from 1 to 65535, not '70707'" --port 70707
}

@test "no port" {
    assert_wrong 'swarm: --port is missing: which server? (swarm --help)' --clients 5
}

@test "a host that does not exist" {
    run "$swarm" --host 'no-such..house' --port 7070
    assert_failure 2
    assert_output --regexp '^swarm: cannot find no-such\.\.house port 7070: .+'
}

@test "a service that does not exist" {
    run "$swarm" --port no-such-service
    assert_failure 2
    assert_output --regexp '^swarm: cannot find ::1 port no-such-service: .+'
}

@test "a mix of things that nobody can ask" {
    assert_wrong "swarm: --mix: 'sell' is none of book, cancel, move, who, sold, map" --port 7070 --mix book=1,sell=2
    assert_wrong 'swarm: --mix: how often is book? (book=5)' --port 7070 --mix book
    assert_wrong 'swarm: --mix: how often is who? (who=5)' --port 7070 --mix who=often
    assert_wrong 'swarm: --mix leaves nothing to ask (book=5,who=1)' --port 7070 --mix book=0
}

@test "numbers that are none, or out of range" {
    assert_wrong "swarm: --clients takes a number from 1 to 20000, not 'many'" --port 7070 --clients many
    assert_wrong "swarm: --requests takes a number from 1 to 1000000, not '0'" --port 7070 --requests 0
    assert_wrong "swarm: --seats takes a number from 1 to 100, not '101'" --port 7070 --seats 101
    assert_wrong "swarm: --seed takes a number, not 'x'" --port 7070 --seed x
}

@test "options for watchers, cuts and other servers" {
    assert_wrong "swarm: --watchers takes a number from 0 to 1000, not 'some'" --port 7070 --watchers some
    assert_wrong "swarm: --stuck takes a number from 0 to 1000, not '-1'" --port 7070 --stuck -1
    assert_wrong "swarm: --cut takes a number from 0 to 100, not '101'" --port 7070 --cut 101
    assert_wrong 'swarm: --ask takes one line of 1 to 128 bytes' --port 7070 --ask ''
    assert_wrong 'swarm: --ask takes one line of 1 to 128 bytes' --port 7070 --ask $'PING\nPING'
    local option
    for option in '--watchers 1' '--stuck 1' '--cut 1' --until-closed '--history x' '--judge x'; do
        # shellcheck disable=SC2086 # an option and its value
        assert_wrong 'swarm: --ask goes with none of --watchers, --stuck, --cut, --until-closed, --history and --judge' \
            --port 7070 --ask PING $option
    done
}

@test "a word that belongs nowhere" {
    assert_wrong "swarm: what is 'now'? (swarm --help)" --port 7070 now
}

@test "a file that cannot be written is found out before the swarm starts" {
    run "$swarm" --port 7070 --history /no/such/folder/history
    assert_failure 2
    assert_output 'swarm: cannot write /no/such/folder/history: No such file or directory'
}

@test "nobody listens: exit status 3" {
    run "$swarm" --port 1
    assert_failure 3
    assert_output 'swarm: cannot connect to the server: Connection refused'
}

@test "without arguments it helps" {
    run "$swarm"
    assert_success
    assert_line --partial 'usage: swarm --port P'
    assert_line --partial 'exit status: 0 the history is linearizable, 1 it is not'
}
