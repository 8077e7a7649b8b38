#!/usr/bin/env bats
# Watchers, stuck ones, clients that break off, servers that end: the swarm against
# a server that knows WATCH, right or with a mistake.
load lib/kit

readonly watching=build/tests/swarm/watching

setup_file() {
    make --silent $watching build/tests/swarm/box_office
}

clean_up() {
    stop_server
}

field() { # <jq filter>
    jq -r "$1" <<<"$output"
}

# The swarm finds a mistake, and says it in such words.
assert_found() { # <mistake> <words> <option>...
    local mistake=$1 words=$2
    shift 2
    start_server $watching 0 20 "$mistake"
    run build/bin/swarm --port "$port" --requests 500 --json "$@"
    assert_failure 1
    [[ $(field .verdict) == violated ]]
    [[ $(field .story) =~ $words ]] || {
        echo "expected: $words"
        echo "actual:   $(field .story)"
        return 1
    }
}

@test "a right server is right: watchers come and go, and hear everything" {
    start_server $watching 0 20
    run build/bin/swarm --port "$port" --watchers 5 --requests 500 --json
    assert_success
    [[ $(field .verdict) == linearizable ]]
    [[ $(field .load.requests) == 4000 ]]
    (($(field .load.watchers.visits) > 5))
    (($(field .load.watchers.events) > 1000))
}

@test "stuck watchers that a server keeps everything for hear all of it in the end" {
    start_server $watching 0 20 never-drops
    run build/bin/swarm --port "$port" --stuck 3 --clients 20 --requests 1500 --mix book=1,cancel=1 --json
    assert_success
    [[ $(field .verdict) == linearizable ]]
    [[ $(field .load.watchers.too_slow) == 0 ]]
}

@test "stuck watchers that the server drops, with a sentence, are no fault of it" {
    start_server $watching 0 20
    run build/bin/swarm --port "$port" --stuck 3 --watchers 2 --clients 20 --requests 1500 --mix book=1,cancel=1 --json
    assert_success
    [[ $(field .verdict) == linearizable ]]
    [[ $(field .load.watchers.too_slow) == 3 ]]
}

@test "clients that break off, in the middle of a line or behind it, disturb nobody" {
    start_server $watching 0 20
    run build/bin/swarm --port "$port" --cut 10 --requests 500 --json
    assert_success
    [[ $(field .verdict) == linearizable ]]
    (($(field .load.cuts) > 100))
    (($(field .load.cuts) + $(field .load.requests) == 4000))
}

# One such history in a hundred is undecided (exit status 3): then another seed.
@test "all of that at the same time" {
    local seed
    start_server $watching 0 20
    for seed in 1 2 3; do
        run build/bin/swarm --port "$port" --cut 10 --watchers 4 --stuck 2 --requests 300 \
            --seed "$seed" --history "$scratch/history"
        [[ $status == 3 && $output == *undecided* ]] || break
    done
    assert_success
    assert_line --regexp '^cut +[0-9]+ requests were broken off$'
    assert_line --regexp '^watchers +[0-9]+ connections heard [0-9]+ events, [0-9]+ were too slow$'
    run build/bin/swarm --judge "$scratch/history"
    assert_success
    run grep -c ' EVENT SOLD ' "$scratch/history"
    ((output > 100))
}

# Where a seat is sold and freed again at once by the same client, these look
# alike for a while; and what comes behind another event may come behind a reply.
wrong_piece="but not 'EVENT|did not hear 'EVENT|and the same before .* but it happened only once|before 'EVENT .* came first|too late"

@test "an event that is lost" {
    assert_found loses-an-event "$wrong_piece" --watchers 5 --stuck 1
}

@test "an event that comes twice" {
    assert_found doubles-an-event "$wrong_piece" --watchers 5
}

@test "events in the wrong order" {
    assert_found wrong-order "$wrong_piece" --watchers 5
}

@test "an event of what was over before WATCH" {
    assert_found late-first "was over before watcher.* said WATCH|$wrong_piece" --watchers 5
}

@test "an event to somebody who does not watch" {
    assert_found event-to-all "got the line 'EVENT .* but did not say WATCH|was over before" --watchers 1
}

@test "a line within another" {
    assert_found mixes-lines "got the line 'EVENT SOEVENT .*, which is no event and no reply" --watchers 5
}

@test "a line that is no text, behind a reply" {
    assert_found not-text "'\(not text\)'"
    stop_server
    assert_found not-text "'\(not text\)'" --watchers 5
}

@test "a server that answers the watchers, but no client any more, hangs" {
    start_server $watching 0 20 keeps-silent
    run timeout 30 build/bin/swarm --port "$port" --watchers 3 --timeout 1 --json
    assert_failure 3
    [[ $(field .server) == hung ]]
}

@test "a server that tells a watcher of one event without end, and nothing else, hangs" {
    start_server $watching 0 20 never-stops
    run timeout 30 build/bin/swarm --port "$port" --watchers 3 --timeout 1 --json
    assert_failure 1 # the judge has heard enough
    [[ $(field .server) == hung ]]
}

@test "the mistakes are found among clients that break off, too" {
    assert_found loses-an-event 'EVENT|events' --watchers 5 --cut 10
    stop_server
    assert_found doubles-an-event 'EVENT|events' --watchers 5 --cut 10
    stop_server
    assert_found sells-twice 'was answered' --cut 10
}

@test "a server that does not know WATCH: a sentence, exit status 3" {
    start_server build/tests/swarm/box_office 0 20
    run build/bin/swarm --port "$port" --watchers 1
    assert_failure 3
    assert_output --regexp "^swarm: nobody can watch there: the answer to WATCH is 'ERR .*'$"
}

# Ends the server once it has served for a while.
end_server() { # <signal> <option>...
    local signal=$1 swarm status=0
    shift
    start_server $watching 0 20
    build/bin/swarm --port "$port" "$@" --json --history "$scratch/history" 3>&- >"$scratch/out" &
    swarm=$!
    until (($(ss -Htn state established "( sport = :$port )" | wc -l) >= 8)); do sleep 0.02; done
    kill "-$signal" "$server"
    wait "$swarm" || status=$?
    output=$(cat "$scratch/out")
    return "$status"
}

@test "--until-closed: the end of the server is expected" {
    end_server TERM --until-closed --rate 20000 --clients 20 --watchers 3
    [[ $(field .verdict) == linearizable ]]
    [[ $(field .server) == closed ]]
    [[ $(field .load.cut_off) == 0 ]]
    (($(field .load.heard_closing) > 0))
}

@test "--until-closed: so it is if it ends without a word" {
    end_server KILL --until-closed --rate 20000 --clients 20 --watchers 3 --stuck 1
    [[ $(field .verdict) == linearizable ]]
    [[ $(field .load.heard_closing) == 0 ]]
}

@test "otherwise a server that ends has died: exit status 3" {
    run end_server TERM --rate 20000 --clients 20 --requests 100000
    assert_failure 3
    run jq -r .server "$scratch/out"
    assert_output died
}

@test "--ask: only load, for any server that answers a line with a line" {
    build/bin/guard -- socat -dd TCP6-LISTEN:0,bind=[::1],fork EXEC:cat 2>"$scratch/socat" 3>&- &
    guard=$!
    until grep -q ' listening on ' "$scratch/socat"; do sleep 0.02; done
    port=$(sed -n 's/.* listening on .*:\([0-9]*\)$/\1/p' "$scratch/socat" | head -n 1)
    run build/bin/swarm --port "$port" --ask 'PING me' --clients 5 --requests 20 --json
    assert_success
    [[ $(field .load.requests) == 100 ]]
    [[ $(field .load.most_connections) -ge 1 ]]
    [[ $(field .verdict) == null ]]
    run build/bin/swarm --port "$port" --ask 'PING me' --clients 5 --requests 20
    assert_success
    assert_line --regexp '^load +5 clients, 100 requests in '
    refute_output --partial history
}
