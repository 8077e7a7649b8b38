#!/usr/bin/env bats
# The judge of events, and of clients that go on after a request without a reply.
# The histories are written here.
load lib/kit
load swarm/judging

# ---- what is right ----

@test "everything that happens after OK watching is heard, in the order of each seat" {
    assert_right <<'END'
:held 3 zoe
eve 0 10 WATCH -> OK watching
alice 20 30 BOOK 7 -> OK 7
alice 40 50 MOVE 7 8 -> OK 8
zoe 40 50 CANCEL 3 -> OK 3
eve 25 - EVENT SOLD 7 alice
eve 51 - EVENT SOLD 8 alice
eve 52 - EVENT FREE 3 zoe
eve 53 - EVENT FREE 7 alice
eve 60 70 SOLD -> OK 1
END
}

@test "what happens while WATCH is on its way may be heard, or not" {
    assert_right <<'END'
eve 0 100 WATCH -> OK watching
fay 0 100 WATCH -> OK watching
alice 10 20 BOOK 7 -> OK 7
eve 110 - EVENT SOLD 7 alice
END
    assert_right <<'END'
eve 50 100 WATCH -> OK watching
fay 50 100 WATCH -> OK watching
alice 0 200 BOOK 7 -> OK 7
fay 110 - EVENT SOLD 7 alice
eve 210 220 WHO 7 -> OK alice
END
}

@test "an event may come before the reply, and long after it if nothing was asked" {
    assert_right <<'END'
eve 0 10 WATCH -> OK watching
alice 20 50 BOOK 7 -> OK 7
bob   60 70 BOOK 8 -> OK 8
eve 25 - EVENT SOLD 7 alice
eve 900 - EVENT SOLD 8 bob
END
}

@test "what has no reply yet when somebody asks need not have been heard" {
    assert_right <<'END'
eve 0 10 WATCH -> OK watching
alice 20 50 BOOK 7 -> OK 7
eve 40 60 WHO 7 -> OK alice
eve 70 - EVENT SOLD 7 alice
END
}

@test "who has left, or was too slow, hears no more" {
    assert_right <<'END'
eve 0 10 WATCH -> OK watching
alice 20 30 BOOK 7 -> OK 7
bob   40 50 BOOK 8 -> OK 8
eve 35 - EVENT SOLD 7 alice
END
}

@test "a request without a reply may be heard of, or not" {
    assert_right <<'END'
eve 0 10 WATCH -> OK watching
fay 0 10 WATCH -> OK watching
alice 20 - BOOK 7 ->
eve 900 - EVENT SOLD 7 alice
fay 30 40 WHO 7 -> OK free
END
    assert_right <<'END'
eve 0 10 WATCH -> OK watching
alice 20 - BOOK 7 ->
eve 900 910 WHO 7 -> OK free
END
}

@test "whoever watches may book, and hears of it" {
    assert_right <<'END'
eve 0 10 WATCH -> OK watching
eve 20 30 BOOK 7 -> OK 7
eve 25 - EVENT SOLD 7 eve
eve 40 50 SOLD -> OK 1
END
}

# ---- each mistake ----

@test "a line that is neither an event nor a reply" {
    assert_violated "eve got the line 'EVENT SOLOK 3' (t=0.500 ms), which is no event and no reply" <<'END'
eve 0 1000000 WATCH -> OK watching
alice 1000000 2000000 BOOK 7 -> OK 7
eve 1500000 - LINE EVENT SOLOK 3
END
    assert_violated "eve got the line 'EVENT SOLD 7 alice 8' (t=0.500 ms), which is no event and no reply" <<'END'
eve 0 1000000 WATCH -> OK watching
alice 1000000 2000000 BOOK 7 -> OK 7
eve 1500000 - EVENT SOLD 7 alice 8
END
}

@test "an event for somebody who did not say WATCH, or has no answer to it yet" {
    assert_violated "bob got the line 'EVENT SOLD 7 alice' (t=0.500 ms), but did not say WATCH" <<'END'
alice 0 1000000 BOOK 7 -> OK 7
bob 500000 - LINE EVENT SOLD 7 alice
END
    assert_violated "bob heard 'EVENT SOLD 7 alice' (t=0.500 ms) before WATCH was answered" <<'END'
alice 0 1000000 BOOK 7 -> OK 7
bob 500000 - EVENT SOLD 7 alice
END
    assert_violated "eve heard 'EVENT SOLD 7 alice' (t=0.500 ms) before WATCH was answered" <<'END'
alice 0 1000000 BOOK 7 -> OK 7
eve 0 600000 WATCH -> OK watching
eve 500000 - EVENT SOLD 7 alice
END
}

@test "an event of what never happened" {
    assert_violated "eve heard 'EVENT SOLD 7 bob' (t=1.000 ms), but bob never got seat 7" <<'END'
eve 0 10 WATCH -> OK watching
bob 20 30 WHO 7 -> OK free
eve 1000020 - EVENT SOLD 7 bob
END
    assert_violated "eve heard 'EVENT FREE 7 bob' (t=1.000 ms), but bob never gave seat 7 up" <<'END'
eve 0 10 WATCH -> OK watching
bob 20 30 BOOK 7 -> OK 7
eve 40 - EVENT SOLD 7 bob
eve 1000020 - EVENT FREE 7 bob
END
}

@test "a second event of the same" {
    assert_violated "eve heard 'EVENT SOLD 7 bob' (t=2.000 ms), and the same before (t=1.000 ms), but it happened only once: bob's BOOK 7 (t=0.000 to 1.000 ms)" <<'END'
eve 0 10 WATCH -> OK watching
bob 0 1000000 BOOK 7 -> OK 7
eve 1000000 - EVENT SOLD 7 bob
eve 2000000 - EVENT SOLD 7 bob
END
}

@test "an event of what had its reply before WATCH" {
    assert_violated "eve heard 'EVENT SOLD 7 bob' (t=4.000 ms), but bob's BOOK 7 (t=0.000 to 1.000 ms) was over before eve said WATCH (t=2.000 ms)" <<'END'
bob 0 1000000 BOOK 7 -> OK 7
eve 2000000 3000000 WATCH -> OK watching
eve 4000000 - EVENT SOLD 7 bob
END
}

@test "an event of what comes only later" {
    assert_violated "eve heard 'EVENT SOLD 7 bob' (t=1.000 ms), but that happened only later: bob's BOOK 7 (t=2.000 to 3.000 ms)" <<'END'
eve 0 10 WATCH -> OK watching
bob 0 10 WHO 7 -> OK free
eve 1000000 - EVENT SOLD 7 bob
bob 2000000 3000000 BOOK 7 -> OK 7
END
}

@test "an event that comes before somebody still saw the seat free" {
    assert_violated "eve heard 'EVENT SOLD 7 bob' (t=1.000 ms), but that happened only later: bob's BOOK 7 (t=0.000 to 3.000 ms)" <<'END'
eve 0 10 WATCH -> OK watching
bob 0 3000000 BOOK 7 -> OK 7
eve 1000000 - EVENT SOLD 7 bob
alice 2000000 2500000 WHO 7 -> OK free
END
}

@test "an event that is missing when a request has its reply" {
    assert_violated "eve did not hear 'EVENT SOLD 7 bob', but bob's BOOK 7 (t=0.000 to 1.000 ms) had its reply before eve's SOLD (t=2.000 to 3.000 ms)" <<'END'
eve 0 10 WATCH -> OK watching
bob 1000000 2000000 BOOK 7 -> OK 7
eve 3000000 4000000 SOLD -> OK 1
END
}

@test "an event that comes behind a reply that it belongs before" {
    assert_violated "eve heard 'EVENT SOLD 7 bob' (t=4.000 ms) too late: bob's BOOK 7 (t=0.000 to 1.000 ms) had its reply before eve's SOLD (t=2.000 to 3.000 ms), whose reply came first" <<'END'
eve 0 10 WATCH -> OK watching
bob 1000000 2000000 BOOK 7 -> OK 7
eve 3000000 4000000 SOLD -> OK 1
eve 5000000 - EVENT SOLD 7 bob
END
}

@test "an event that is missing before another one of its seat" {
    assert_violated "eve heard 'EVENT SOLD 7 carol' (t=5.000 ms), but not 'EVENT FREE 7 bob' before it: bob's CANCEL 7 (t=2.000 to 3.000 ms)" <<'END'
eve 0 10 WATCH -> OK watching
bob 1000000 2000000 BOOK 7 -> OK 7
bob 3000000 4000000 CANCEL 7 -> OK 7
carol 5000000 6000000 BOOK 7 -> OK 7
eve 2000000 - EVENT SOLD 7 bob
eve 6000000 - EVENT SOLD 7 carol
END
}

@test "a MOVE of which only one half is heard" {
    assert_violated "eve did not hear 'EVENT SOLD 8 bob', but bob's MOVE 7 8 (t=0.000 to 1.000 ms) had its reply before eve's SOLD (t=2.000 to 3.000 ms)" <<'END'
:held 7 bob
eve 0 10 WATCH -> OK watching
bob 1000000 2000000 MOVE 7 8 -> OK 8
eve 2000000 - EVENT FREE 7 bob
eve 3000000 4000000 SOLD -> OK 1
END
}

@test "two events of a seat in the wrong order" {
    assert_violated "eve heard 'EVENT SOLD 7 bob' (t=1.000 ms) before 'EVENT FREE 7 alice' (t=1.500 ms), but alice's CANCEL 7 (t=0.000 to 1.000 ms) came first" <<'END'
:held 7 alice
eve 0 10 WATCH -> OK watching
alice 1000000 2000000 CANCEL 7 -> OK 7
bob 1000000 2000000 BOOK 7 -> OK 7
eve 2000000 - EVENT SOLD 7 bob
eve 2500000 - EVENT FREE 7 alice
END
}

@test "two watchers who hear contradictory orders, when no reply says which is right" {
    assert_violated <<'END'
eve 0 10 WATCH -> OK watching
fay 0 10 WATCH -> OK watching
alice 20 - BOOK 7 ->
bob   20 - BOOK 7 ->
eve 30 - EVENT SOLD 7 alice
fay 30 - EVENT SOLD 7 bob
END
}

@test "an event that comes before somebody saw the seat free, when a request about it has no reply" {
    # bob cannot free what he does not hold.
    assert_violated "eve heard 'EVENT SOLD 7 alice' (t=1.000 ms), but that happened only later: alice's BOOK 7 (t=0.000 to 3.000 ms)" <<'END'
alice 0 3000000 BOOK 7 -> OK 7
eve 0 10 WATCH -> OK watching
eve 1000000 - EVENT SOLD 7 alice
carol 2000000 2500000 SOLD -> OK 0
bob 4000000 - CANCEL 7 ->
END
    # carol could have booked it, but only once it was free.
    assert_violated "no order of the changes of seat 7 explains all events" <<'END'
alice 0 3000000 BOOK 7 -> OK 7
carol 0 - BOOK 7 ->
eve 0 10 WATCH -> OK watching
eve 1000000 - EVENT SOLD 7 alice
bob 2000000 2500000 WHO 7 -> OK free
END
}

# ---- clients that go on after a request without a reply ----

@test "a request that was broken off may be carried out later than those after it" {
    assert_right <<'END'
alice 0 10 BOOK 7 -> OK 7
alice 20 - CANCEL 7 ->
alice 30 40 BOOK 7 -> ERR taken alice
bob   50 60 BOOK 7 -> ERR taken alice
bob   70 80 BOOK 7 -> OK 7
alice 90 95 CANCEL 7 -> ERR not yours
END
    assert_right <<'END'
alice 0 - BOOK 7 ->
alice 10 20 BOOK 7 -> OK 7
alice 30 40 CANCEL 7 -> OK 7
bob   50 60 WHO 7 -> OK alice
bob   70 80 SOLD -> OK 1
END
}

@test "but only once, and not before it was sent" {
    assert_violated "bob's WHO 7 (t=50.000 to 60.000 ms) was answered 'OK alice', but no order of the requests about seat 7 explains that" <<'END'
alice 0 - BOOK 7 ->
alice 10 20 BOOK 7 -> ERR taken alice
alice 30 40 CANCEL 7 -> OK 7
bob   50000000 60000000 WHO 7 -> OK alice
END
    assert_violated <<'END'
alice 0 5 WHO 7 -> OK alice
alice 10 - BOOK 7 ->
alice 20 30 WHO 7 -> OK alice
END
}

# bob saw seat 2 free, so it was before carol's reply that he saw seat 3 held; then
# alice still held it when she was told "not yours".
@test "nor so that it fits to each reply, but not to all of them" {
    judge <<'END'
:seats 3
:held 1 alice
dave  0 11 MAP -> OK #..
alice 1 - BOOK 3 ->
carol 2 8 BOOK 2 -> OK 2
bob   3 13 MAP -> OK #.#
alice 9 14 CANCEL 3 -> ERR not yours
alice 15 20 CANCEL 3 -> OK 3
END
    assert_failure 3
    assert_output --partial 'in doubt'
}

# Requests that were broken off, of six clients, in many ways: who holds seat 20
# when? Nobody can try all of them.
@test "what cannot be found out in seconds is in doubt" {
    local number client
    {
        echo ':held 20 a'
        for number in {1..8}; do
            for client in {a..f}; do
                echo "$client $number - MOVE 20 $number ->"
                echo "$client 10 - BOOK 20 ->"
            done
        done
        number=100
        for client in b f b d b c b f c f d f a d e c f e d a; do
            echo "eve $((number += 10)) $((number + 5)) WHO 20 -> OK $client"
        done
        echo 'zoe 1000 1010 WHO 3 -> OK free'
        echo 'eve 1000 1010 WHO 20 -> OK zoe'
    } >"$scratch/history"
    run timeout 60 build/bin/swarm --judge "$scratch/history"
    assert_failure 3
    assert_output --partial 'in doubt'
}

@test "a MOVE that was broken off concerns both seats, or none" {
    assert_right <<'END'
:held 1 alice
alice 0 - MOVE 1 2 ->
alice 10 20 WHO 1 -> OK alice
alice 30 40 WHO 1 -> OK free
alice 50 60 CANCEL 2 -> OK 2
END
    judge <<'END'
:held 1 alice
alice 0 - MOVE 1 2 ->
bob   10 20 WHO 1 -> OK free
alice 30 40 WHO 2 -> OK free
END
    [[ $status != 0 ]]
}

@test "what was heard tells whether a request that was broken off was carried out" {
    assert_right <<'END'
eve 0 10 WATCH -> OK watching
alice 20 - BOOK 7 ->
alice 30 40 BOOK 7 -> ERR taken alice
alice 50 - CANCEL 7 ->
alice 60 - BOOK 7 ->
alice 70 80 WHO 7 -> OK alice
eve 35 - EVENT SOLD 7 alice
eve 75 - EVENT FREE 7 alice
eve 85 - EVENT SOLD 7 alice
eve 90 99 SOLD -> OK 1
END
    assert_violated <<'END'
eve 0 10 WATCH -> OK watching
alice 20 - BOOK 7 ->
alice 30 40 BOOK 7 -> ERR taken alice
eve 35 - EVENT SOLD 7 alice
eve 75 - EVENT FREE 7 alice
END
}

# ---- the file ----

@test "events that are written wrongly are named by their line" {
    judge <<<$'eve 0 10 WATCH -> OK watching\neve 20 30 WATCH -> OK watching'
    assert_failure 2
    judge <<<'eve 10 0 WATCH -> OK watching'
    assert_failure 2
    judge <<<$'alice 0 10 BOOK 7 -> OK 7\neve 0 10 WATCH -> OK watching\neve 30 - EVENT SOLD 7 alice\neve 20 - EVENT FREE 7 alice'
    assert_failure 2
    assert_output --partial 'history:4: this is no operation'
}
