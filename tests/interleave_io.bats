#!/usr/bin/env bats
# interleave's sockets and pipes, and the clients that talk to a server.
load lib/kit

readonly programs=build/tests/interleave/io

setup_file() {
    local source made=("$programs"/{02-server,03-iterative,04-threads,06-mutex})
    for source in tests/interleave/io/*.c; do
        made+=("build/${source%.c}")
    done
    make --silent "${made[@]}"
}

explore() { # <option>... <program>
    run build/bin/interleave explore "${@:1:$#-1}" "$programs/${!#}"
}

# The box office of tests/interleave/io/office.c, with two customers for one
# seat.
office() { # <manner> <option>...
    run build/bin/interleave explore --ignore-races --schedules 150 "${@:2}" \
        --client 'HELLO alice; BOOK 7' --client 'HELLO bob; BOOK 7' $programs/office "$1"
}

# A lab's server, and two customers for one seat.
sell() { # <lab> <option>...
    run build/bin/interleave explore --schedules 150 "${@:2}" \
        --client 'HELLO alice; BOOK 7; SOLD' --client 'HELLO bob; BOOK 7; WHO 7' "$programs/$1" 0
}

replay() { # <program> <argument>...; the schedule on standard input
    cat >"$scratch/schedule"
    run build/bin/interleave replay --ignore-races --client 'HELLO alice; BOOK 7; SOLD' \
        --client 'HELLO bob; BOOK 8' "$scratch/schedule" "$programs/$1" "${@:2}"
}

# ---- misuse ----

@test "a client that asks nothing, or too much at once: exit status 2" {
    explore --client ' ; ' office
    assert_failure 2
    assert_output "interleave: --client ' ; ': what does it ask? ('HELLO alice; BOOK 7')"
    explore --client "$(printf 'x%.0s' {1..129})" office
    assert_failure 2
    assert_output --partial 'a request has at most 128 bytes'
}

@test "more clients than there is room for: exit status 2" {
    local clients=()
    for _ in {1..33}; do clients+=(--client SOLD); done
    explore "${clients[@]}" office
    assert_failure 2
    assert_output 'interleave: at most 32 clients'
}

@test "two clients of one name at the same time: cannot be judged, exit status 3" {
    run build/bin/interleave explore --client 'HELLO zoe; BOOK 7' --client 'HELLO zoe; BOOK 7' \
        $programs/office locked
    assert_failure 3
    assert_line --partial 'two clients called zoe at the same time'
}

@test "a program that ends before a client can connect: cannot be judged, exit status 3" {
    explore --client 'SOLD' 06-mutex # without a port
    assert_failure 3
    assert_line --partial 'it ended with status 2 before a client could connect'
}

@test "a server without a client waits for one: that is said" {
    explore office
    assert_failure 1
    assert_line --partial 'main waits for a client (--client brings some)'
}

# ---- as in reality: each of these programs also runs by itself ----

@test "every error, over TCP, Unix sockets and pipes" {
    run $programs/errors
    assert_success
    explore --schedules 50 errors
    assert_success
}

@test "IPv4, IPv6, both at one port, Unix sockets" {
    run $programs/families
    assert_success
    explore --schedules 500 families
    assert_success
}

@test "a writer waits for room; vectors, peeking, whole messages" {
    run $programs/full
    assert_success
    explore --schedules 10 full
    assert_success
}

@test "poll, select, timeouts, connect without waiting" {
    run $programs/waiting
    assert_success
    explore --schedules 500 waiting
    assert_success
}

@test "epoll: as long as there is something, and once; each in its turn" {
    run $programs/epoll_sets
    assert_success
    explore --strategy=dpor epoll_sets
    assert_success
    assert_output --partial 'interleavings pass'
}

@test "stdio over a connection; the lowest number that is free" {
    run $programs/files
    assert_success
    explore --schedules 500 files
    assert_success
}

@test "shutdown wakes who waits in accept and in read" {
    run $programs/stop
    assert_success
    explore --schedules 500 stop
    assert_success
}

# ---- what goes wrong ----

@test "edge-triggered epoll is not handled: that is said, exit status 3" {
    run build/bin/interleave explore $programs/epoll_refused edge
    assert_failure 3
    assert_line --partial 'epoll with EPOLLET or EPOLLEXCLUSIVE is not handled'
}

@test "a set of epoll that something else waits for, or a copy of one: the same" {
    local use
    for use in nested poll select dup; do
        run build/bin/interleave explore $programs/epoll_refused $use
        assert_failure 3
        assert_line --partial 'a set of epoll within another, in poll or select, or copied, is not handled'
    done
}

@test "SIGPIPE ends a program that has not thought of it" {
    explore sigpipe
    assert_failure 1
    assert_line --partial 'crash: SIGPIPE: main writes to a pipe, where nobody reads any more (main, sigpipe.c:10)'
}

@test "close does not wake the thread that waits in a read" {
    explore close_waiting
    assert_failure 1
    assert_line --partial 'T1 waits for input from a pipe at close_waiting.c:11 (wait_for_it)'
}

@test "a number that was closed belongs to somebody else: the wrong one gets the message" {
    explore reused
    assert_failure 1
    assert_line --regexp '^ +27 reads "for alice" from descriptor [0-9]+$'
}

@test "a number that was closed belongs to somebody else: shutdown(2) ends the wrong input, and DPOR sees it" {
    run build/bin/interleave explore --strategy dpor --ignore-races $programs/shut_reused
    assert_failure 1
    assert_line --partial 'assert: assertion `send(bob[1]'
}

@test "a byte that was read orders what was done before it was written" {
    explore --schedules 200 ordered
    assert_success
    run build/bin/interleave explore $programs/ordered one-buffer
    assert_failure 1
    assert_line 'data race: nothing orders these two'
}

# ---- clients ----

@test "clients of a server that is right: the run ends when they are done" {
    local manner
    for manner in locked pool polls spins quits; do
        office "$manner"
        assert_success
        assert_output --regexp '^(all [0-9]+ interleavings pass|nothing found)'
    done
}

@test "a seat that is sold twice, without a word of races" {
    office threads
    assert_failure 1
    assert_line --regexp '^history: seat 7 sold to (alice|bob) and to (alice|bob), '
    assert_output --partial 'nobody cancelled'
    office threads --json
    [[ $(jq -r .kind <<<"$output") == history ]]
}

@test "a reply that the protocol does not allow" {
    office garbage
    assert_failure 1
    assert_output --partial "was answered 'OK perhaps', which is"
}

@test "a server that does not answer: who waits for which reply" {
    office silent
    assert_failure 1
    assert_line --regexp '^deadlock: (alice|bob) waits for the reply to BOOK 7, and nobody can go on$'
    assert_line --regexp '^  main waits for a client at office.c:[0-9]+ \(main\)$'
    assert_line --regexp '^(alice|bob) waits for the reply to BOOK 7, and nobody is left to change that\.$'
}

@test "a thread that ends with its lock: who took it, and where" {
    office hangs
    assert_failure 1
    assert_line --regexp '^misuse: T[12] ends and still holds lock \(since office.c:[0-9]+\)'
}

@test "a server that keeps its lock: which client waits, for which thread, who took it" {
    office keeps
    assert_failure 1
    assert_line --regexp '^deadlock: (alice|bob) waits for the reply to BOOK 7, and nobody can go on$'
    assert_line --regexp '^  T[12] waits for lock at office.c:[0-9]+ \(book\), which T[12] holds$'
    assert_line --regexp '^T[12] waits for lock, which T[12] holds since line [0-9]+; T[12] waits for filled, which$'
    assert_line 'nobody signals any more.'
    refute_output --partial 0x
}

@test "what is said of a finding, and the lanes, are of the same run" {
    local who
    office keeps
    who=$(sed -n 's/^deadlock: \([a-z]*\) waits.*/\1/p' <<<"$output")
    assert_line --regexp "^ +$who: waits for the reply to BOOK 7$"
}

@test "requests that are wrong say nothing of the seats" {
    run build/bin/interleave explore --schedules 50 \
        --client 'BOOK 7; HELLO alice; BOOK 99; BOOK x; WATCH; ; nonsense; BOOK 7; QUIT' \
        --client 'HELLO bob; HELLO bob; MOVE 7 99; MAP' $programs/06-mutex 0
    assert_success
}

@test "the same seed finds the same history" {
    local first
    office threads --seed 5
    first=${lines[*]:0:2} # which schedule, and the story
    office threads --seed 5
    [[ ${lines[*]:0:2} == "$first" ]]
}

# ---- servers of the labs ----

@test "lab 04's server, with seats for one thread: a race" {
    sell 04-threads
    assert_failure 1
    assert_line 'data race: nothing orders these two'
    assert_line --regexp ' (reads|writes) (seats\[7\].holder|sold) at seats.c:[0-9]+ '
}

@test "lab 04's server, races ignored: sold twice, and drawn with what was said" {
    sell 04-threads --ignore-races
    assert_failure 1
    assert_line --partial 'history: '
    assert_output --partial 'BOOK'
    refute_line --regexp '^.{81}'
}

@test "lab 06's seats: nothing to find" {
    sell 06-mutex
    assert_success
    sell 06-mutex --ignore-races
    assert_success
}

@test "the servers of labs 02 and 03: the second client waits, or is sent away" {
    sell 02-server
    assert_success
    sell 03-iterative
    assert_success
}

# ---- written schedules ----

@test "a turn of a client is one of the thread that serves it: sold twice" {
    replay 04-threads 0 <<'END'
# both customers see the same number of seats
alice until seats.c@count #2
bob   until end
alice until end
END
    assert_failure 1
    assert_line --regexp "^history: alice's SOLD was answered 'OK 1', but 2 seats"
}

@test "one customer after the other: all is well" {
    replay 04-threads 0 <<'END'
alice until end
bob   until end
END
    assert_success
}

@test "a client's own steps are stops: connect, send, receive, leave" {
    replay 04-threads 0 <<'END'
alice until send #2
bob   until receive #2
alice until leave
bob   until end
END
    assert_success
}

@test "what explore saves with clients, replay fails with" {
    office threads --save "$scratch/saved"
    assert_failure 1
    run build/bin/interleave replay --ignore-races --client 'HELLO alice; BOOK 7' \
        --client 'HELLO bob; BOOK 7' "$scratch/saved" $programs/office threads
    assert_failure 1
    assert_line --partial 'history: seat 7 sold to'
}
