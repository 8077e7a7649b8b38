#!/usr/bin/env bats
# The hidden checks of lab 01.
load ../../tools/check/lib

# bats test_tags=points:10,task:4
@test "a host that does not exist: a clear message, exit status 1" {
    # An empty part in the name: no name server needs to be asked.
    run_client 'no-such..house' 7070 'HELLO alice'
    printed
    ended_with 1
    complained_of 'no-such..house'
}

# bats test_tags=points:10,task:1
@test "if the first address of a name does not answer, the next one does" {
    start_peer 'TCP4-LISTEN:PORT,bind=127.0.0.2' "$peer_words
        hear 'QUIT'; say 'OK bye'"
    printf '%s\n' '127.0.0.1 theatre.example' '127.0.0.2 theatre.example' >"$record/hosts"
    name_server="$(compgen -G '/usr/lib/*/libnss_wrapper.so')" ||
        ungraded 'libnss-wrapper is not installed (make setup)'
    export LD_PRELOAD=$name_server NSS_WRAPPER_HOSTS="$record/hosts"
    shown="$record/hosts" run_client theatre.example "$port" 'QUIT'
    unset LD_PRELOAD
    printed 'OK bye'
    ended_with 0
}
