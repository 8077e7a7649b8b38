#!/usr/bin/env bats
# The swarm against real servers: good ones, and ones that die or hang.
load lib/kit

readonly box_office=build/tests/swarm/box_office

setup_file() {
    make --silent $box_office
}

clean_up() {
    stop_server
}

field() { # <jq filter>
    jq -r "$1" <<<"$output"
}

# A server of a few lines of Bash, for one client at a time.
start_script() { # <lines>
    printf '%s\n' "$1" >"$scratch/script"
    build/bin/guard -- socat -dd TCP6-LISTEN:0,bind=[::1],fork EXEC:"bash $scratch/script" 2>"$scratch/socat" 3>&- &
    guard=$!
    until grep -q ' listening on ' "$scratch/socat"; do sleep 0.02; done
    port=$(sed -n 's/.* listening on .*:\([0-9]*\)$/\1/p' "$scratch/socat" | head -n 1)
}

@test "more seats than the house has: exit status 2" {
    start_server $box_office 0 8
    run build/bin/swarm --port "$port" --seats 9
    assert_failure 2
    assert_output 'swarm: --seats 9, but this house has 8'
}

@test "a server that is no box office: a sentence, exit status 3" {
    start_script 'while read -r line; do echo "220 mail.example ESMTP"; done'
    run build/bin/swarm --port "$port"
    assert_failure 3
    assert_output "swarm: this is no box office: it answers '220 mail.example ESMTP' to MAP or WHO"
}

@test "a server that never answers: exit status 3" {
    start_script 'sleep 60'
    run build/bin/swarm --port "$port" --timeout 1
    assert_failure 3
    assert_output 'swarm: the server does not answer'
}

@test "a server that hangs half-way: what was recorded is judged, exit status 3" {
    start_script 'i=0; while read -r line; do
        case $line in
        MAP*) echo "OK ...." ;;
        HELLO*) echo "OK hello ${line#HELLO }" ;;
        QUIT*) echo "OK bye"; exit ;;
        *) ((++i < 3)) || sleep 60; echo "OK 0" ;;
        esac; done'
    run build/bin/swarm --port "$port" --clients 2 --mix sold=1 --timeout 1 --json
    assert_failure 3
    [[ $(field .server) == hung ]]
    [[ $(field .verdict) == linearizable ]]
    [[ $(field .operations) == 6 ]]
}

@test "a server that dies: what was recorded is judged, exit status 3" {
    start_server $box_office 0 8
    build/bin/swarm --port "$port" --clients 4 --requests 1000000 --json 3>&- >"$scratch/out" &
    local swarm=$! status=0
    until [[ -n $(sed -n 20p "$scratch/server.err") ]]; do sleep 0.02; done
    stop_server
    wait $swarm || status=$?
    [[ $status == 3 ]]
    [[ $(jq -r .server "$scratch/out") == died ]]
    [[ $(jq -r .verdict "$scratch/out") == linearizable ]]
    [[ $(jq -r .load.cut_off "$scratch/out") == 4 ]]
}

@test "one lock: the history of many clients is linearizable" {
    start_server $box_office 0 20
    run build/bin/swarm --port "$port" --clients 50 --requests 80 --json
    assert_success
    [[ $(field .verdict) == linearizable ]]
    [[ $(field .load.requests) == 4000 ]]
    [[ $(field .load.cut_off) == 0 ]]
}

# make bench has 200,000.
@test "30,000 operations on a full house, SOLD and MAP among them, are decided" {
    start_server $box_office 0 100
    run build/bin/swarm --port "$port" --clients 100 --requests 300 --json
    assert_success
    [[ $(field .verdict) == linearizable ]]
}

@test "it begins with the house as it is, and goes on from there" {
    start_server $box_office 0 20
    run build/bin/swarm --port "$port" --clients 5 --mix book=1
    assert_success
    run build/bin/swarm --port "$port" --clients 5
    assert_success
}

@test "the same seed makes the same requests" {
    local i
    for i in 1 2; do
        start_server $box_office 0 20
        build/bin/swarm --port "$port" --clients 1 --requests 200 --seed 7 --history "$scratch/history.$i"
        stop_server
        sed 's/ [0-9]* [0-9]* / /' "$scratch/history.$i" >"$scratch/requests.$i"
    done
    cmp "$scratch/requests.1" "$scratch/requests.2"
}

@test "the same seed draws the same strangers, another seed others" {
    local seed
    start_server $box_office 0 20
    for seed in 7 7 8; do
        build/bin/swarm --port "$port" --clients 4 --requests 1 --mix map=1 --strangers --seed "$seed" --history "$scratch/history"
        cut -d ' ' -f 1 "$scratch/history" | sort -u >>"$scratch/names.$seed"
    done
    assert_equal "$(sort "$scratch/names.7" | uniq -d | wc -l)" "$(($(wc -l <"$scratch/names.7") / 2))"
    assert_equal "$(sort -u "$scratch/names.7" | comm -12 - <(sort -u "$scratch/names.8") | grep -c -- -)" 0
}

@test "a history that it has written is judged the same again" {
    start_server $box_office 0 20
    build/bin/swarm --port "$port" --clients 20 --history "$scratch/history"
    run build/bin/swarm --judge "$scratch/history"
    assert_success
    assert_output 'history   linearizable: one order explains every reply'
}

# With --rate each client has something to ask until the end, so none can be done
# before all are connected.
@test "2,000 connections are open at the same time" {
    (($(ulimit -Hn) > 2100)) || skip "this machine does not allow 2,100 descriptors"
    start_server bash -c "ulimit -n 2100 && exec $box_office 0 100"
    run build/bin/swarm --port "$port" --clients 2000 --requests 5 --rate 2500 --mix book=3,cancel=2,who=1,sold=1 --json
    assert_success
    [[ $(field .load.most_connections) == 2000 ]]
    [[ $(field .load.requests) == 10000 ]]
}

@test "--rate spreads the requests over time" {
    start_server $box_office 0 20
    run build/bin/swarm --port "$port" --clients 4 --requests 50 --rate 400 --json
    assert_success
    # 200 requests, 400 a second: half a second at the least.
    jq -e '.load.seconds >= 0.49' <<<"$output"
}
