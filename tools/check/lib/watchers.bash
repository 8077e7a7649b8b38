# Clients who watch, and do not always read.

# A watcher that does not read, until the kernel takes no more for it, and then through
# so many more rounds of events: two are more than a megabyte.
watch_without_reading() { # <name> <rounds>
    local round before now left=$(($2 + 1))
    connect "$1"
    ask "$1" 'WATCH' 'OK watching'
    for ((round = 1; round <= 30 && left > 0; round++)); do
        before=$(not_yet_sent)
        swarm_is_content --seed "$round" --clients 4 --requests 15000 --mix book=1,cancel=1 || return 1
        now=$(not_yet_sent)
        ((now == 0 || now > before + 100000)) || left=$((left - 1))
    done
    ((left == 0)) || ungraded "the kernel keeps all that is sent, however much it is"
}

# What the watcher then reads: events, and at the end that it was too slow.
hear_too_slow() { # <name>
    local heard="$record/heard"
    timeout -k 1 "$(patience)" cat <&"${client[$1]}" >"$heard" || {
        time_ran_out
        fails "$1, who was too slow, hears end of file" "the connection stays open"
    }
    [[ $(tail -n 1 "$heard") == 'ERR too slow' ]] ||
        fails "the last line for $1, who did not read, is 'ERR too slow'" "it is '$(tail -n 1 "$heard" | quoted)'"
    ! sed '$d' "$heard" | grep -qvxE 'EVENT (SOLD|FREE) [0-9]+ [A-Za-z0-9_-]{1,15}' ||
        fails "$1 gets whole events until then" \
            "'$(sed '$d' "$heard" | grep -m 1 -vxE 'EVENT (SOLD|FREE) [0-9]+ [A-Za-z0-9_-]{1,15}' | quoted)'"
}
