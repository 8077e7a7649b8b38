#!/usr/bin/env bats
# The command line of swarm. What is refused with which sentence:
# tests/unit/swarm_options.c.
load lib/kit

@test "no port: one sentence, exit status 2" {
    run build/bin/swarm --clients 5
    assert_failure 2
    assert_output 'swarm: --port is missing: which server? (swarm --help)'
}

@test "a number out of range: one sentence, exit status 2" {
    run build/bin/swarm --port 7070 --seats 101
    assert_failure 2
    assert_output "swarm: --seats takes a number from 1 to 100, not '101'"
}

@test "a host that does not exist" {
    run build/bin/swarm --host 'no-such..house' --port 7070
    assert_failure 2
    assert_output --regexp '^swarm: cannot find no-such\.\.house port 7070: .+'
}

@test "a service that does not exist" {
    run build/bin/swarm --port no-such-service
    assert_failure 2
    assert_output --regexp '^swarm: cannot find ::1 port no-such-service: .+'
}

@test "a file that cannot be written is found out before the swarm starts" {
    run build/bin/swarm --port 7070 --history /no/such/folder/history
    assert_failure 2
    assert_output 'swarm: cannot write /no/such/folder/history: No such file or directory'
}

@test "nobody listens: exit status 3" {
    run build/bin/swarm --port 1
    assert_failure 3
    assert_output 'swarm: cannot connect to the server: Connection refused'
}

@test "without arguments it helps" {
    run build/bin/swarm
    assert_success
    assert_line --partial 'usage: swarm --port P'
    assert_line --partial 'exit status: 0 the history is linearizable, 1 it is not'
}
