# Starts a box office for a script. Source it after lib.bash; it needs $scratch,
# a folder that the script removes at its end, when it also kills "$guard".

# Starts a server, or a tool around one, and sets `port` and `guard`. What it
# prints after "listening on port N" is read and dropped. It ends after five minutes
# (or office_seconds), whatever happens.
open_box_office() { # <command> <argument>...
    local said line='' fifo="$scratch/said"
    rm -f "$fifo"
    mkfifo "$fifo"
    build/bin/guard --seconds "${office_seconds:-300}" -- "$@" >"$fifo" 2>/dev/null 3>&- &
    guard=$!
    exec {said}<"$fifo"
    IFS= read -r -t 60 -u "$said" line || true
    port=${line#listening on port }
    cat <&"$said" >/dev/null 3>&- &
    exec {said}<&-
    [[ $port =~ ^[0-9]+$ ]] || die 1 "$1 does not say at which port it listens"
}

# SIGTERM for the server itself, so that a tool around it can finish its report;
# then the rest.
close_box_office() {
    pkill -TERM -P "$guard" 2>/dev/null || true
    timeout 20 tail --pid="$guard" -s 0.05 -f /dev/null || kill "$guard" 2>/dev/null || true
    wait "$guard" 2>/dev/null || true
    guard=
}
