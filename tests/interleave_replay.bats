#!/usr/bin/env bats
# Every schedule that is saved leads to the same finding when it is replayed.
load lib/kit
load lib/explored

readonly programs=build/tests/interleave

setup_file() {
    make --silent test-programs
}

# Nothing, or a complaint.
replayed() { # <option>... <program> [<argument>...]
    local said
    rm -f "$scratch/saved"
    explored --exit-code --schedules 300 --save "$scratch/saved" "$@" || return
    [[ $found == true && $kind != unjudged ]] || return 0
    said=$(timeout 60 build/bin/interleave replay --exit-code "${options[@]}" "$scratch/saved" "${@:${#options[@]}+1}" 2>&1) || true
    grep -qa "^${kind/#race/data race}:" <<<"$said" || echo "$*: $kind, replayed: $said" | head -n 3
    ((++replays))
}

replays=0

@test "what is found in threads' programs, of every kind" {
    local program way options=(--ignore-races)
    for program in lifetimes loops wrong; do
        while read -r way _; do
            replayed --ignore-races $programs/primitives/$program "$way"
        done < <($programs/primitives/$program)
    done >"$scratch/complaints"
    for program in "$programs"/set/wrong/* "$programs"/{endless,late,lock_order,lost_wakeup,named,use_after_free}; do
        [[ ! -f $program ]] || replayed --ignore-races "$program"
    done >>"$scratch/complaints"
    run cat "$scratch/complaints"
    assert_output ''
    ((replays > 60)) || fail "only $replays replays"
}

@test "data races" {
    local way options=()
    while read -r way _; do
        replayed $programs/primitives/memory "$way"
    done < <($programs/primitives/memory) >"$scratch/complaints"
    run cat "$scratch/complaints"
    assert_output ''
    ((replays > 10)) || fail "only $replays replays"
}

@test "a server and its clients" {
    local options=(--ignore-races --client 'HELLO alice; BOOK 7; SOLD' --client 'HELLO bob; BOOK 7; QUIT')
    replayed "${options[@]}" $programs/io/04-threads 0 8 >"$scratch/complaints"
    options+=(--client 'HELLO carol; BOOK 7; CANCEL 7')
    replayed "${options[@]}" $programs/io/04-threads 0 8 >>"$scratch/complaints"
    run cat "$scratch/complaints"
    assert_output ''
    ((replays == 2)) || fail "only $replays replays"
}
