#!/usr/bin/env bats
# The load bench, small: what it measures is no matter here, but that it says all
# of it. And its yardstick, the server with epoll.
load lib/kit

setup_file() {
    make --no-print-directory --silent build/bench/epoll
}

clean_up() {
    stop_server
}

# The servers that were measured, by their full names.
measured() {
    sed -n 's/^| clients | \(.*\) |$/\1/p' "$scratch/out/load.md" | head -n 1 | sed 's/ | /\n/g'
}

@test "a picture, tables and the raw figures; what is not there is named; no file is left" {
    local server
    mkdir "$scratch/tmp"
    TMPDIR="$scratch/tmp" run tests/bench/load --quick --to "$scratch/out"
    assert_success
    [[ -z $(ls -A "$scratch/tmp") ]]
    refute_line --regexp '^.{81}'
    xmllint --noout "$scratch/out/load.svg"
    for server in '03 iterative' '06 threads' '08 seat locks' '09 pool' '10 watch' epoll; do
        measured | grep -qx "$server"
    done
    measured | grep -qx redis || assert_line 'redis: skipped, redis-server is not installed.'
    while IFS= read -r server; do
        grep -q "$server" "$scratch/out/load.svg"
        grep -q "^  $server" <<<"$output"
    done < <(measured)
    # A row for each number of clients in each of the five tables, and one for each
    # number of silent ones.
    assert_equal "$(grep -oE '^\| [0-9]+' "$scratch/out/load.md" | sort | uniq -c | awk '{ print $3, $1 }' | paste -sd ,)" \
        '0 1,1 6,10 5,100 5,4 1'
    assert_equal "$(sed 1d "$scratch/out/load.csv" | grep -c '"epoll"')" 5
    # One silent client, and the iterative server serves nobody else.
    assert_line --regexp '^- 03 iterative, 10 clients and 1 silent: 4000 of 4000 requests lost'
    refute_line --partial 'not linearizable'
}

@test "an option that it does not have: one sentence, exit status 2" {
    run tests/bench/load --fast
    assert_failure 2
    assert_output "load: what is '--fast'? usage: load [--quick] [--to DIRECTORY]"
}

@test "the yardstick: the history of many clients is linearizable" {
    start_server build/bench/epoll 0 20
    run build/bin/swarm --port "$port" --clients 200 --requests 100 --json
    assert_success
    [[ $(jq -r .verdict <<<"$output") == linearizable ]]
    [[ $(jq -r .load.requests <<<"$output") == 20000 ]]
}

@test "the yardstick answers all that comes at once, and what came before the end of file" {
    start_server build/bench/epoll 0 100
    run nc -N ::1 "$port" < <(printf 'HELLO al' && sleep 0.1 && printf 'ice\r\nBOOK 1\nSOLD\nBOOK 2')
    assert_output $'OK hello alice\nOK 1\nOK 1'
    run nc -N ::1 "$port" < <(printf 'WHO 1\n%0200d\nWATCH\nQUIT\nSOLD\n' 0)
    assert_output $'OK alice\nERR line too long\nERR no watching here\nOK bye'
}

# More than the buffers of a connection hold, so that it must wait for the client.
@test "the yardstick waits for who reads slowly, and serves others meanwhile" {
    start_server build/bench/epoll 0 100
    exec {slow}<>"/dev/tcp/::1/$port"
    yes MAP | head -n 200000 >&"$slow" 3>&- &
    sleep 1
    run nc -N ::1 "$port" <<<SOLD
    assert_output 'OK 0'
    head -n 200000 <&"$slow" >"$scratch/maps"
    exec {slow}>&-
    wait $!
    assert_equal "$(sort "$scratch/maps" | uniq -c | awk '{ print $1, $2, length($3) }')" '200000 OK 100'
}
