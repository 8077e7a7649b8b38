#!/usr/bin/env bats
# What strangers do to the servers of the solutions. Only the stranger suffers;
# the server stays up and loses no booking.
load lib/kit
load lib/clients

setup_file() {
    export OFFICES
    OFFICES=$(mktemp -d)
    tools/build 03 --from solutions/03-iterative --to "$OFFICES/03" --checks
    tools/build 04 --from solutions/04-threads --to "$OFFICES/04" --checks
    tools/build 06 --from solutions/06-mutex --to "$OFFICES/06" --checks
}

teardown_file() {
    rm -rf "$OFFICES"
}

prepare() {
    trap '' PIPE # for our own writes; guard gives the server the default
}

clean_up() {
    stop_server
}

# Starts a lab's server; alice books seat 1 and leaves.
open_office() { # <lab>
    start_server "$OFFICES/$1/plain/server" 0 8
    connect alice
    ask alice 'HELLO alice' 'OK hello alice'
    ask alice 'BOOK 1' 'OK 1'
    leave alice
}

# The server still serves, and alice still has her seat.
office_is_well() {
    connect witness
    ask witness 'WHO 1' 'OK alice'
    ask witness 'SOLD' 'OK 1'
    leave witness
}

for_each_office() { # <function>
    local lab
    for lab in 03 04 06; do
        open_office "$lab"
        "$1"
        office_is_well
        stop_server
    done
}

endless_line() {
    connect stranger
    # Ten megabytes without a line end. The server may throw them away as fast
    # or as slowly as it likes.
    head -c 10000000 /dev/zero | tr '\0' 'x' >&"${client[stranger]}"
    hear stranger 'ERR line too long'
    say stranger '\nSOLD\n'
    hear stranger 'OK 1'
    leave stranger
}

@test "an endless line" {
    for_each_office endless_line
}

binary_rubbish() {
    connect stranger
    { head -c 100000 /dev/urandom >&"${client[stranger]}"; } 2>/dev/null || true
    leave stranger
}

@test "binary rubbish" {
    for_each_office binary_rubbish
}

nul_bytes() {
    connect stranger
    ask stranger '\0\0\0' 'ERR not text'
    ask stranger 'HELLO \0alice' 'ERR not text'
    leave stranger
}

@test "NUL bytes" {
    for_each_office nul_bytes
}

byte_by_byte() {
    local i request=$'HELLO bob\nBOOK 1\nQUIT\n'
    connect bob
    for ((i = 0; i < ${#request}; i++)); do
        say bob "${request:i:1}"
    done
    hear bob 'OK hello bob'
    hear bob 'ERR taken alice'
    hear bob 'OK bye'
    leave bob
}

@test "a byte at a time" {
    for_each_office byte_by_byte
}

vanishes_mid_line() {
    connect stranger
    say stranger 'HELLO mallory\nBOOK 2'
    leave stranger
}

@test "a client that vanishes in the middle of a line has not booked" {
    for_each_office vanishes_mid_line
}

# The server is stopped while the client asks and goes; so its first reply goes
# to nobody, and a later one raises SIGPIPE.
vanishes_before_replies() {
    kill -STOP "$server"
    connect stranger
    say stranger "$(printf 'WHO 1\\n%.0s' {1..200})"
    leave stranger
    kill -CONT "$server"
}

@test "a client that is gone before it is answered (SIGPIPE)" {
    for_each_office vanishes_before_replies
}

# Closing with unread replies resets the connection.
resets() {
    connect stranger
    say stranger 'MAP\nMAP\n'
    hear stranger 'OK #.......'
    leave stranger
}

@test "a client that resets the connection" {
    for_each_office resets
}

with_faults() { # <faults>
    export FAULTS=$1
    for_each_office true
    unset FAULTS
}

@test "signals during accept, read and write (EINTR)" {
    with_faults 'accept:EINTR@2-4 read:EINTR@1 read:EINTR@3 send:EINTR@1-2'
}

@test "clients that are gone before they are accepted (ECONNABORTED, EPROTO)" {
    with_faults 'accept:ECONNABORTED@2-3 accept:EPROTO@4'
}

@test "reads and writes that transfer one byte" {
    with_faults 'read:short send:short'
}

@test "no thread for a client (EAGAIN): it hears ERR busy, the others are served" {
    local lab
    export FAULTS='pthread_create:EAGAIN@2-3'
    for lab in 04 06; do
        open_office "$lab"
        connect bob
        hear bob 'ERR busy'
        hear_end bob
        connect carol
        hear carol 'ERR busy'
        office_is_well
        stop_server
    done
}

@test "no descriptor left (EMFILE): clients hear ERR busy, until others have gone" {
    local lab i
    for lab in 04 06; do
        start_server bash -c "ulimit -n 16 && exec $OFFICES/$lab/plain/server 0 8"
        connect alice
        ask alice 'HELLO alice' 'OK hello alice'
        ask alice 'BOOK 1' 'OK 1'
        for i in {1..30}; do
            connect "crowd-$i"
        done
        hear crowd-30 'ERR busy'
        ask alice 'WHO 1' 'OK alice' # those who are in are served
        for i in {1..30}; do
            leave "crowd-$i"
        done
        leave alice
        wait_until office_is_well_again
        stop_server
    done
}

office_is_well_again() {
    connect witness
    say witness 'WHO 1\n' 2>/dev/null
    IFS= read -r -t 10 -u "${client[witness]}" line
    leave witness
    [[ $line == 'OK alice' ]]
}

@test "no descriptor left: the server does not spin" {
    local i before after
    start_server bash -c "ulimit -n 16 && exec $OFFICES/06/plain/server 0 8"
    for i in {1..30}; do
        connect "crowd-$i"
    done
    hear crowd-30 'ERR busy'
    before=$(awk '{ print $14 + $15 }' "/proc/$server/stat")
    sleep 1 # the time over which the processor's time is counted
    after=$(awk '{ print $14 + $15 }' "/proc/$server/stat")
    ((after - before < 20)) || {
        echo "$((after - before)) ticks of processor time in a second of nothing to do"
        return 1
    }
}

# What the server gives up to turn a client away, any of its threads may take: malloc
# opens a file to count the processors. Here it is a limit that leaves it no spare.
@test "the spare descriptor is gone: the next one that can be had takes its place" {
    # Number 3 is the listener, and there is no 4.
    start_server bash -c "exec 4>&- && ulimit -S -n 4 && exec $OFFICES/06/plain/server 0 8"
    prlimit --pid "$server" --nofile=5:
    connect bob
    hear bob 'ERR busy'
    connect carol
    hear carol 'ERR busy'
    prlimit --pid "$server" --nofile=64:
    connect dave
    ask dave 'WHO 1' 'OK free'
}

@test "a log that nobody reads stops nobody but those who write it" {
    mkfifo "$scratch/log"
    exec {unread}<>"$scratch/log"
    dd if=/dev/zero of="$scratch/log" bs=4096 oflag=nonblock 2>/dev/null || true
    start_server bash -c "exec $OFFICES/06/plain/server 0 8 2>$scratch/log"
    connect alice
    connect bob
    ask alice 'HELLO alice' 'OK hello alice'
    say alice 'BOOK 1\n'
    wait_until office_is_well_again
    ask bob 'WHO 2' 'OK free'
}

# Whoever reads the log is a child of the server's; as a zombie it reads no more.
reader_is_gone() {
    ! pgrep --parent "$server" --runstates R,S,D >/dev/null
}

@test "whoever read the log has gone: the server stays up" {
    local lab
    for lab in 04 06; do
        start_server bash -c "exec $OFFICES/$lab/plain/server 0 8 2> >(exit)"
        wait_until reader_is_gone
        connect alice
        ask alice 'HELLO alice' 'OK hello alice'
        ask alice 'BOOK 1' 'OK 1'
        ask alice 'CANCEL 1' 'OK 1'
        ask alice 'BOOK 1' 'OK 1'
        leave alice
        office_is_well
        stop_server
    done
}
