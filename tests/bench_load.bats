#!/usr/bin/env bats
# The load bench and its yardstick, the server with epoll. A whole bench, a small one,
# is in tests/more.
load lib/kit

setup_file() {
    make --no-print-directory --silent build/bench/epoll
}

clean_up() {
    stop_server
}

@test "an option that it does not have: one sentence, exit status 2" {
    run tests/bench/load --fast
    assert_failure 2
    assert_output "load: what is '--fast'? usage: load [--quick] [--to DIRECTORY]"
}

@test "the yardstick: the history of many clients is linearizable" {
    start_server build/bench/epoll 0 20
    run build/bin/swarm --port "$port" --clients 200 --requests 10 --json
    assert_success
    run jq -r '.verdict, .load.requests' <<<"$output"
    assert_output $'linearizable\n2000'
}

@test "the yardstick answers all that comes at once, and what came before the end of file" {
    start_server build/bench/epoll 0 100
    run nc -N ::1 "$port" < <(printf 'HELLO al' && sleep 0.1 && printf 'ice\r\nBOOK 1\nSOLD\nBOOK 2')
    assert_output $'OK hello alice\nOK 1\nOK 1'
    run nc -N ::1 "$port" < <(printf 'WHO 1\n%0200d\nWATCH\nQUIT\nSOLD\n' 0)
    assert_output $'OK alice\nERR line too long\nERR no watching here\nOK bye'
}

# How many bytes the kernel has to send for the server, and how many are sent and not
# read (proc(5): /proc/net/tcp6).
waiting() {
    awk -v port="$(printf ':%04X' "$port")" '$4 == "01" && index($2, port) { print $5 }' /proc/net/tcp6
}

# Nothing moves any more, and something waits.
is_stuck() {
    local before
    before=$(waiting)
    sleep 0.2
    [[ $before != '' && $before != 00000000:* && $(waiting) == "$before" ]]
}

# More than the buffers of a connection hold, so that it must wait for the client.
@test "the yardstick waits for who reads slowly, and serves others meanwhile" {
    local i
    start_server build/bench/epoll 0 100
    exec {slow}<>"/dev/tcp/::1/$port"
    yes MAP | head -n 200000 >&"$slow" 3>&- &
    for i in {1..50}; do
        is_stuck && break
    done
    is_stuck
    run nc -N ::1 "$port" <<<SOLD
    assert_output 'OK 0'
    head -n 200000 <&"$slow" >"$scratch/maps"
    exec {slow}>&-
    wait $!
    run awk '{ lines[$1 " " length($2)]++ } END { for (line in lines) print lines[line], line }' "$scratch/maps"
    assert_output '200000 OK 100'
}
