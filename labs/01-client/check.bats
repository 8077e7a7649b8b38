#!/usr/bin/env bats
# The visible checks of lab 01. Points and tasks are in the tags.
load ../../tools/check/lib

# What the server says to a client that greets and books.
readonly greet_and_book="$peer_words
hear 'HELLO alice'; say 'OK hello alice'
hear 'BOOK 7'; say 'OK 7'
"

greets_and_books() { # <host>
    run_client "$1" "$port" 'HELLO alice' 'BOOK 7'
    printed 'OK hello alice' 'OK 7'
    ended_with 0
}

# bats test_tags=points:5
@test "it builds without warnings" {
    builds_cleanly
}

# bats test_tags=points:10,task:1
@test "it talks to a server over IPv6" {
    has_ipv6
    start_peer 'TCP6-LISTEN:PORT,bind=[::1]' "$greet_and_book"
    greets_and_books ::1
}

# bats test_tags=points:10,task:1
@test "it talks to a server over IPv4" {
    start_peer 'TCP4-LISTEN:PORT,bind=127.0.0.1' "$greet_and_book"
    greets_and_books 127.0.0.1
}

# bats test_tags=points:10,task:1
@test "it knows ports by the names in /etc/services" {
    local service number
    # Any service will do whose port is free and open to everybody. (A name may
    # stand in the list twice; the first port counts.)
    while read -r service number; do
        [[ $(getent services "$service/tcp") == *" $number/tcp"* ]] || continue
        peer_port=$number start_peer 'TCP4-LISTEN:PORT,bind=127.0.0.1' "$greet_and_book"
        [[ -z $port ]] || break
    done < <(awk '$2 ~ /^[0-9]+\/tcp$/ && $2 + 0 > 1024 { print $1, $2 + 0 }' /etc/services)
    [[ -n $port ]] || ungraded "no port of a service is free, or socat does not listen"
    run_client 127.0.0.1 "$service" 'HELLO alice' 'BOOK 7'
    printed 'OK hello alice' 'OK 7'
}

# bats test_tags=points:10,task:2
@test "it prints the four numbers of the connection" {
    start_peer 'TCP4-LISTEN:PORT,bind=127.0.0.1' "$peer_words"'
        echo "from $SOCAT_PEERADDR port $SOCAT_PEERPORT to $SOCAT_SOCKADDR port $SOCAT_SOCKPORT" >&3
        hear "QUIT"; say "OK bye"'
    run_client 127.0.0.1 "$port" 'QUIT'
    printed 'OK bye'
    [[ -s $record/peer.notes ]] || fails "the client connects" "nobody came; $(complaint)"
    complained_of "$(head -n 1 "$record/peer.notes")"
}

# bats test_tags=points:15,task:3
@test "a reply may come one byte at a time" {
    start_peer 'TCP4-LISTEN:PORT,bind=127.0.0.1' "$greet_and_book"
    export FAULTS='read:short recv:short'
    greets_and_books 127.0.0.1
}

# bats test_tags=points:10,task:4
@test "a server that leaves in the middle of a reply: exit status 1" {
    start_peer 'TCP4-LISTEN:PORT,bind=127.0.0.1' "$peer_words"'
        hear "HELLO alice"; say "OK hello alice"
        hear "BOOK 7"; printf "OK"'
    run_client 127.0.0.1 "$port" 'HELLO alice' 'BOOK 7' 'BOOK 8'
    printed 'OK hello alice'
    ended_with 1
    complained_of 'closed'
}

# bats test_tags=points:10,task:4
@test "a connection that is refused: a clear message, exit status 1" {
    start_peer 'TCP4-LISTEN:PORT,bind=127.0.0.1' 'exit 0'
    kill "$peer" && wait "$peer" || true # now nobody listens on that port
    run_client 127.0.0.1 "$port" 'HELLO alice'
    printed
    ended_with 1
    complained_of 'refused' "$port"
}
