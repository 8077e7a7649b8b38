# The other side, for a submission that is a client: socat listens, and a few
# lines of Bash speak.

# Starts a server that serves one client with a script, and sets `port`. The
# script reads requests from standard input and writes replies to standard
# output; SOCAT_PEERADDR and SOCAT_PEERPORT say who the client is. What it
# writes to descriptor 3 goes to $record/peer.notes, what the client sends goes to
# $record/sent. If `peer_port` asks for a
# port that cannot be had, `port` is empty afterwards.
start_peer() { # <socat address, without the port> <script>
    local address=$1 log="$record/socat.log"
    printf '%s\n' "$2" >"$record/peer.bash"
    socat -dd -r "$record/sent" "${address/PORT/${peer_port:-0}}" \
        EXEC:"bash $record/peer.bash" 2>"$log" 3>"$record/peer.notes" &
    guards+=($!)
    peer=$!
    wait_until peer_says_port_or_is_gone "$log" || true
    port=$(sed -n 's/.* listening on .*:\([0-9]*\)$/\1/p' "$log" | head -n 1)
    [[ -n $port || -n ${peer_port:-} ]] || ungraded "socat does not listen (make doctor)"
}

peer_says_port_or_is_gone() { # <file>
    grep -q ' listening on ' "$1" || ! kill -0 "$peer" 2>/dev/null
}

# What the script of the peer begins with. `hear` reads a line that must be this
# one, `say` writes one.
readonly peer_words='
say() { printf "%s\n" "$1"; }
hear() { IFS= read -r line; }
'

# Runs the client with a host, the peer'"'"'s port and these requests. Afterwards
# `status` is its exit status, $record/out and $record/err what it printed.
run_client() { # <host> <port> <request>...
    local host=$1 port=$2
    shift 2
    ((${#@} == 0)) || printf '%s\n' "$@" >"$record/requests"
    touch "$record/requests"
    exec_guarded "$(program plain)" "$host" "$port" \
        <"$record/requests" >"$record/out" 2>"$record/err" 3>&- &
    guards+=($!)
    guard=$!
    if ! wait_until server_is_gone; then
        where_it_stands "$(submission)"
        fails "the client ends" "it still runs after $(patience) s"
    fi
    status=0
    wait "$guard" || status=$?
    sent_as_asked
}

# What the server received must be the requests, or their beginning if the
# conversation ended early, with LF or CRLF.
sent_as_asked() {
    touch "$record/sent"
    tr -d '\r' <"$record/sent" >"$record/sent.lf"
    cmp -s -n "$(wc -c <"$record/sent.lf")" "$record/sent.lf" "$record/requests" && return
    fails "it sends '$(quoted <"$record/requests")'" "the server receives '$(quoted <"$record/sent")'"
}

complaint() {
    echo "on standard error: '$(quoted <"$record/err")'"
}

# The client must have printed exactly these lines on standard output.
printed() { # <line>...
    local expected
    expected=$( (($# == 0)) || printf '%s\n' "$@")
    [[ $(cat "$record/out") == "$expected" ]] && return
    fails "it prints '$(quoted <<<"$expected")'" "'$(quoted <"$record/out")'; $(complaint)"
}

# The client must have ended with this status.
ended_with() { # <status>
    ((status == $1)) && return
    fails "exit status $1" "exit status $status; $(complaint)"
}

# The client must have said on standard error something with all these words.
complained_of() { # <word>...
    local word
    for word in "$@"; do
        grep -qF -- "$word" "$record/err" && continue
        fails "a message on standard error that names '$word'" "$(complaint)"
    done
}
