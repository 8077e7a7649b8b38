#!/usr/bin/env bats
# swarm --judge. What the judge says of which history: tests/unit/judge.c and
# tests/unit/judge_events.c.
load lib/kit
load swarm/judging

@test "a file that does not exist: exit status 2" {
    run build/bin/swarm --judge "$scratch/none"
    assert_failure 2
    assert_output "swarm: cannot open $scratch/none: No such file or directory"
}

@test "a line that is no operation is named by its number" {
    judge <<<$'alice 1 2 BOOK 7 -> OK 7\nalice buys a seat'
    assert_failure 2
    assert_output --partial 'history:2: this is no operation'
}

@test "a history that is right: exit status 0" {
    assert_right <<'END'
alice 10 20 BOOK 7 -> OK 7
bob   30 40 BOOK 7 -> ERR taken alice
END
}

@test "a seat that is sold twice: exit status 1, and the story, in lines of at most 80 columns" {
    assert_violated 'seat 7 sold to alice (t=0.000 to 0.200 ms) and to bob (t=0.100 to 0.300 ms), nobody cancelled' <<'END'
alice 1200000 1400000 BOOK 7 -> OK 7
bob   1300000 1500000 BOOK 7 -> OK 7
END
    refute_line --regexp '^.{81}'
}

@test "an event that is lost: exit status 1, and which one it is" {
    assert_violated "eve did not hear 'EVENT SOLD 7 bob', but bob's BOOK 7 (t=0.000 to 1.000 ms) had its reply before eve's SOLD (t=2.000 to 3.000 ms)" <<'END'
eve 0 10 WATCH -> OK watching
bob 1000000 2000000 BOOK 7 -> OK 7
eve 3000000 4000000 SOLD -> OK 1
END
}

@test "two clients of one name at the same time: undecided, exit status 3" {
    judge <<'END'
alice 10 30 BOOK 7 -> OK 7
alice 20 40 BOOK 8 -> OK 8
END
    assert_failure 3
    assert_output --partial 'two clients called alice at the same time'
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

@test "--json says the same to programs" {
    echo 'alice 0 100 CANCEL 7 -> OK 7' >"$scratch/history"
    run build/bin/swarm --judge "$scratch/history" --json
    assert_failure 1
    run jq -r '.verdict + " " + (.operations | tostring)' <<<"$output"
    assert_output 'violated 1'
}

# The random histories and the simple judge: "$scratch/histories".
build_histories() {
    local judge
    mapfile -t judge < <(find tools/swarm -name '*.c' \
        ! -name main.c ! -name client.c ! -name conversation.c ! -name load.c \
        ! -name options.c ! -name summary.c ! -name worker.c ! -name watcher.c \
        ! -name audience.c)
    gcc -std=c11 -D_GNU_SOURCE -O2 -I tools/swarm -I labs/common tests/swarm/histories.c \
        tests/swarm/random_history.c tests/swarm/simple_judge.c "${judge[@]}" -o "$scratch/histories"
}

@test "it agrees with a judge that tries every order, on 20,000 random histories" {
    build_histories
    run "$scratch/histories" 1 20000
    assert_success
    assert_line --regexp '^[0-9]+ linearizable, [0-9]+ violated, 0 undecided, 0 wrong$'
}

# At most so many are undecided although they are right, or missed. Few are: with
# so many requests for three seats and no reply nobody can say.
assert_agrees() { # <undecided> <missed> <argument>...
    local undecided=$1 missed=$2
    shift 2
    run "$scratch/histories" "$@"
    assert_success
    assert_line --regexp '^[0-9]+ linearizable, [0-9]+ violated, [0-9]+ undecided, 0 wrong$'
    [[ ${lines[1]} =~ ^([0-9]+)" undecided that are linearizable, "([0-9]+)" missed"$ ]]
    ((BASH_REMATCH[1] <= undecided && BASH_REMATCH[2] <= missed))
}

@test "and on 40,000 in which clients go on without a reply" {
    build_histories
    assert_agrees 400 0 1 40000 15
}

@test "and on 80,000 in which some watch" {
    build_histories
    assert_agrees 0 10 1 20000 0 1
    assert_agrees 0 10 1 20000 0 2
    assert_agrees 200 10 1 20000 15 1
    assert_agrees 200 10 1 20000 15 2
}
