# Many clients at once, and whether what they were told fits together.

# Sends the swarm to the server. Its history must be linearizable.
swarm_is_content() { # <option of swarm>...
    local result="$record/swarm.json" status
    send_swarm "$@"
    judge_swarm
}

# The same, but what the replies say is not the question: with a race in the server
# that may be right or wrong.
swarm_is_served() { # <option of swarm>...
    local result="$record/swarm.json" status
    send_swarm "$@"
    ((status == 1)) || judge_swarm
}

# Sets `status` to swarm's exit status. What it says goes to `result`.
send_swarm() { # <option of swarm>...
    local strangers=()
    status=0
    ((salt == 0)) || strangers=(--strangers --seed "$salt")
    "$CHECK_KIT/build/bin/guard" --seconds $((deadline - SECONDS > 1 ? deadline - SECONDS : 1)) -- \
        "$CHECK_KIT/build/bin/swarm" --port "$port" "${strangers[@]}" --json --timeout "$(patience)" \
        --history "$record/history.txt" "$@" >"$result" 2>"$record/swarm.err" 3>&- || status=$?
}

judge_swarm() {
    ((status != 0)) || return 0
    ((status == 1)) || server_survived || return 1
    raw_report "$record/history.txt"
    ((status != 124)) || in_time || return 1
    if [[ ! -s $result ]]; then
        fails "the swarm talks to the server" "$(head -n 1 "$record/swarm.err")"
    elif [[ $(jq -r .server "$result") == hung ]]; then
        time_ran_out
        where_it_stands "$server"
        fails "every request is answered" "no reply to anybody for $(patience) s"
    elif [[ $(jq -r .verdict "$result") == undecided ]]; then
        ungraded "the judge cannot decide whether the history is right"
    elif ((status == 1)); then
        fails "one order of the requests explains every reply" "$(jq -r .story "$result")"
    else
        fails "every client is served to its end" \
            "$(jq -r '"\(.load.cut_off) of \(.load.clients) were cut off"' "$result")"
    fi
}
