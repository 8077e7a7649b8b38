#!/usr/bin/env bats
# labs/PROTOCOL.md, sentence by sentence, asked of the server of lab 06.
load lib/kit
load lib/clients

setup_file() {
    export BOX_OFFICE
    BOX_OFFICE=$(mktemp -d)
    tools/build 06 --from solutions/06-mutex --to "$BOX_OFFICE" >/dev/null
}

teardown_file() {
    rm -rf "$BOX_OFFICE"
}

prepare() {
    start_server "$BOX_OFFICE/server" 0 8
    connect alice
}

clean_up() {
    stop_server
}

x128=$(printf 'x%.0s' {1..128})

# ---- requests that are wrong ----

@test "an unknown request, also in lower case" {
    ask alice 'FOO' 'ERR unknown request'
    ask alice 'sold' 'ERR unknown request'
}

@test "an empty request, also one of spaces" {
    ask alice '' 'ERR empty request'
    ask alice '   ' 'ERR empty request'
}

@test "too few or too many words: the usage of that request" {
    ask alice 'HELLO' 'ERR usage: HELLO name'
    ask alice 'BOOK' 'ERR usage: BOOK seat'
    ask alice 'BOOK 1 2' 'ERR usage: BOOK seat'
    ask alice 'MOVE 1' 'ERR usage: MOVE from to'
    ask alice 'SOLD 1 2 3 4 5 6 7' 'ERR usage: SOLD'
}

@test "a seat that the house does not have, or that is no number" {
    ask alice 'HELLO alice' 'OK hello alice'
    local seat
    for seat in 0 9 -1 +1 1x x 1.5 0x1 99999999999999999999; do
        ask alice "BOOK $seat" 'ERR no such seat'
        ask alice "WHO $seat" 'ERR no such seat'
    done
    ask alice 'MOVE 1 9' 'ERR no such seat'
    ask alice 'BOOK 008' 'OK 8'
}

@test "a name that is none" {
    local name
    for name in 'abc-DEF_01234567' 'a.b' 'a/b' 'free' '$(ls)'; do
        ask alice "HELLO $name" 'ERR bad name'
    done
    ask alice 'HELLO abc-DEF_0123456' 'OK hello abc-DEF_0123456'
}

@test "a second HELLO" {
    ask alice 'HELLO alice' 'OK hello alice'
    ask alice 'HELLO bob' 'ERR already named alice'
}

@test "a booking without a name" {
    ask alice 'BOOK 1' 'ERR say HELLO first'
    ask alice 'CANCEL 1' 'ERR say HELLO first'
    ask alice 'MOVE 1 2' 'ERR say HELLO first'
}

@test "WATCH, where there is no watching" {
    ask alice 'WATCH' 'ERR no watching here'
}

@test "of several mistakes the first in the order of the protocol is told" {
    ask alice 'BOOK' 'ERR usage: BOOK seat'
    ask alice 'BOOK 99' 'ERR say HELLO first'
}

# ---- lines ----

@test "a line of 128 bytes is a line, one of 129 is too long" {
    ask alice "$x128" 'ERR unknown request'
    ask alice "x$x128" 'ERR line too long'
    ask alice 'SOLD' 'OK 0'
}

@test "a CR before the LF does not count, anywhere else it is not text" {
    ask alice "$x128\r" 'ERR unknown request'
    ask alice "x$x128\r" 'ERR line too long'
    ask alice 'SOLD\r' 'OK 0'
    ask alice 'SO\rLD' 'ERR not text'
    ask alice 'SOLD\r\r' 'ERR not text'
}

@test "a line that is too long is answered at once, not at its end" {
    say alice "$(printf 'y%.0s' {1..130})"
    hear alice 'ERR line too long'
    say alice 'and more of it\nSOLD\n'
    hear alice 'OK 0'
}

@test "a NUL, a tab, a byte above 126: not text, and the conversation goes on" {
    ask alice 'SO\0LD' 'ERR not text'
    ask alice 'SOLD\t' 'ERR not text'
    ask alice 'HELLO \xc3\xa9' 'ERR not text'
    ask alice '\x7f' 'ERR not text'
    ask alice 'SOLD' 'OK 0'
}

@test "spaces around and between words do not matter" {
    ask alice '  HELLO    alice  ' 'OK hello alice'
    ask alice ' MOVE   1  2 ' 'ERR not yours'
}

@test "several requests at once are answered in their order" {
    say alice 'HELLO alice\nBOOK 1\nSOLD\nFOO\nWHO 1\n'
    hear alice 'OK hello alice'
    hear alice 'OK 1'
    hear alice 'OK 1'
    hear alice 'ERR unknown request'
    hear alice 'OK alice'
}

@test "requests that come byte by byte" {
    local i request=$'HELLO alice\nBOOK 7\n'
    for ((i = 0; i < ${#request}; i++)); do
        say alice "${request:i:1}"
    done
    hear alice 'OK hello alice'
    hear alice 'OK 7'
}

# ---- what the requests do ----

@test "book, ask, move, map, count, cancel" {
    connect bob
    ask alice 'HELLO alice' 'OK hello alice'
    ask bob 'HELLO bob' 'OK hello bob'
    ask alice 'BOOK 3' 'OK 3'
    ask bob 'BOOK 3' 'ERR taken alice'
    ask alice 'BOOK 3' 'ERR taken alice'
    ask bob 'CANCEL 3' 'ERR not yours'
    ask bob 'MOVE 3 4' 'ERR not yours'
    ask bob 'BOOK 4' 'OK 4'
    ask alice 'MOVE 3 4' 'ERR taken bob'
    ask alice 'MOVE 3 3' 'ERR taken alice'
    ask alice 'MOVE 3 8' 'OK 8'
    ask bob 'WHO 3' 'OK free'
    ask bob 'WHO 8' 'OK alice'
    ask bob 'MAP' 'OK ...#...#'
    ask bob 'SOLD' 'OK 2'
    ask alice 'CANCEL 8' 'OK 8'
    ask alice 'CANCEL 8' 'ERR not yours'
    ask bob 'SOLD' 'OK 1'
}

@test "a seat belongs to a name: it outlives the connection, and two can share it" {
    ask alice 'HELLO alice' 'OK hello alice'
    ask alice 'BOOK 1' 'OK 1'
    leave alice
    connect again
    ask again 'WHO 1' 'OK alice'
    ask again 'HELLO alice' 'OK hello alice'
    ask again 'CANCEL 1' 'OK 1'
}

# ---- the end ----

@test "after QUIT: bye, and end of file" {
    say alice 'SOLD\nQUIT\n'
    hear alice 'OK 0'
    hear alice 'OK bye'
    hear_end alice
}

@test "half a line before the end of file is no request" {
    run timeout 10 nc -N ::1 "$port" <<<$'HELLO alice\nBOOK 1'
    assert_output $'OK hello alice\nOK 1'
    run bash -c "printf 'HELLO alice\nBOOK 2' | timeout 10 nc -N ::1 $port"
    assert_output 'OK hello alice'
    ask alice 'SOLD' 'OK 1'
}

# ---- the program ----

@test "a wrong command line: one sentence, exit status 2" {
    run "$BOX_OFFICE/server"
    assert_failure 2
    assert_output 'usage: server PORT [SEATS [WORKERS]]'
    run "$BOX_OFFICE/server" 70000
    assert_failure 2
    assert_output "server: '70000' is not a port: take a number from 1 to 65535, or 0 for any free port"
    run "$BOX_OFFICE/server" http
    assert_failure 2
    run "$BOX_OFFICE/server" 0 101
    assert_failure 2
    assert_output "server: a house has 1 to 100 seats, not '101'"
}

@test "a port in use: one sentence, exit status 1" {
    run timeout 10 "$BOX_OFFICE/server" "$port"
    assert_failure 1
    assert_output "server: cannot listen on port $port: Address already in use (0 takes any free port)"
}

@test "it serves IPv4 and IPv6 at one port" {
    connect bob 127.0.0.1
    ask bob 'SOLD' 'OK 0'
    ask alice 'SOLD' 'OK 0'
}
