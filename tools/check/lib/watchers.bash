# Clients who watch, and do not read.

# Much happens while one watches and does not read: nobody else waits for it. When it
# reads at last, it hears that it was too slow.
slow_watcher_is_told() {
    local events
    swarm_is_content --clients 4 --requests 5000 --mix book=1,cancel=1 --stuck 1 || return 1
    (($(jq .load.watchers.too_slow "$record/swarm.json") == 1)) && return
    events=$(jq .load.watchers.events "$record/swarm.json")
    raw_report "$record/history.txt"
    fails "the last line for a watcher who did not read is 'ERR too slow'" \
        "its connection ends without that line, or it hears all $events events, however late"
}

# From now on, until the server closes, clients book, and a watcher does not read: the
# kernel takes no more for it. It begins to read when the clients give up, so they wait
# longer than the check does.
have_slow_watcher() {
    "$CHECK_KIT/build/bin/guard" -- "$CHECK_KIT/build/bin/swarm" --port "$port" --until-closed --stuck 1 \
        --clients 4 --mix book=1,cancel=1 --timeout "$time_allowed" --json >/dev/null 2>&1 3>&- &
    guards+=($!)
    wait_until is_kept_waiting && return
    server_survived || return 1
    ungraded "the kernel keeps all that is sent, however much it is"
}
