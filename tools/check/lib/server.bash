# Starts the submission and looks at it from outside.

# Where the programs of the build are: see tools/build.
program() { # <variant>
    echo "$CHECK_DIR/built/$1/$CHECK_PROGRAM"
}

# MiB for the submission and all that it starts. With ThreadSanitizer or Helgrind
# and 200 threads a correct one takes some 100.
readonly memory_limit=${CHECK_MEMORY:-1024}

# Becomes the submission: call it in the background, or in a subshell. It gets
# limits that no correct one comes near and that are the same on all machines:
# one that writes without end fills no disk, one that leaks descriptors runs
# out of them. guard takes away what it leaves behind. CHECK_JAIL may be a
# command that locks it up; it then sees its builds, and what `shown` names.
exec_guarded() { # <command> <argument>...
    local variable command=(env)
    ulimit -c 0 -f 65536 -n "${descriptors_allowed:-512}"
    for variable in "${!CHECK_@}" "${!BATS_@}"; do
        command+=(-u "$variable")
    done
    command+=("JAIL_READS=$CHECK_DIR/built${shown:+:$shown}")
    exec "${command[@]}" "$CHECK_KIT/build/bin/guard" --memory "$memory_limit" -- \
        ${CHECK_JAIL:+"$CHECK_JAIL"} "$@"
}

# The submission's own process: the one behind guard, and behind the jail.
submission() {
    local process=$guard name=bwrap
    while [[ $name == bwrap ]] && process=$(pgrep -P "$process"); do
        process=${process%%$'\n'*}
        { read -r name <"/proc/$process/comm"; } 2>/dev/null || break
    done
    echo "$process"
}

# Starts the server on a free port and waits until it listens. Afterwards
# `port` is its port and `server` its process. FAULTS and other variables of
# the environment reach it.
start_server() { # [<seats>]
    start_server_with "$(program plain)" 0 "${1:-20}"
}

# The same with a command line of its own: a port other than 0, a tool around
# it. Its standard error goes to `server_err`.
start_server_with() { # <command> <argument>...
    local out="$record/server.out.$((++servers))"
    mkfifo "$out.fifo"
    exec_guarded "$@" >"$out.fifo" 2>>"$server_err" 3>&- &
    guards+=($!)
    guard=$!
    # Keep reading: a server that prints more must not be stopped by that, and
    # one that prints without end must not fill the disk.
    { stdbuf -o0 head -c 1000000 >"$out" && cat >/dev/null; } <"$out.fifo" 3>&- &
    guards+=($!)
    local seconds
    seconds=$(patience_to_start)
    if ! wait_for "$seconds" says_port_or_is_gone "$out"; then
        touch "$CHECK_DIR/never_started"
        where_it_stands "$(submission)"
        fails "the server prints 'listening on port N' on standard output" \
            "it printed nothing for $seconds s"
    fi
    port=$(sed -n 's/^listening on port \([0-9]*\)$/\1/p' "$out")
    [[ -n $port ]] ||
        fails "the server prints 'listening on port N' on standard output" \
            "$(how_it_ended); it said: '$([[ -p $server_err ]] || cat "$out" "$server_err" | tail -n 3 | quoted)'"
    server=$(submission)
}

# A detector takes its time to begin on a busy machine. Who tries again later need
# not wait that long (CHECK_HASTY), nor for a server that has kept a check
# waiting already.
patience_to_start() {
    if [[ -f $CHECK_DIR/never_started ]]; then
        patience_of 1
    elif [[ -n ${CHECK_HASTY:-} ]]; then
        patience
    else
        patience_of 10
    fi
}

says_port_or_is_gone() { # <file>
    local text=''
    { read -rd '' text || true; } 2>/dev/null <"$1" # it may not be there yet
    [[ $'\n'$text == *$'\nlistening on port '[0-9]* ]] || ! kill -0 "$guard" 2>/dev/null
}

server_is_gone() {
    ! kill -0 "$guard" 2>/dev/null
}

# Waits for the server to end by itself and sets `status` to its exit status.
server_ends() {
    wait_until server_is_gone || {
        where_it_stands "$server"
        fails "the server ends" "it still runs after $(patience) s$(last_words)"
    }
    status=0
    wait "$guard" || status=$?
}

# What the server said last on standard output, to be put behind a sentence.
last_words() {
    local words
    words=$(tail -n 1 "$record/server.out.$servers" 2>/dev/null | quoted)
    [[ -z $words ]] || printf "; it said: '%s'" "$words"
}

# In words: how the process behind `guard` ended.
how_it_ended() {
    local status=0
    if kill -0 "$guard" 2>/dev/null; then
        echo "the server still runs"
        return
    fi
    wait "$guard" || status=$?
    if ((status == 123)); then
        echo "the server took more memory than it may ($memory_limit MiB)"
    elif ((status > 128)); then
        echo "the server was ended by signal $((status - 128)) ($(kill -l $((status - 128))))"
    else
        echo "the server ended with exit status $status"
    fi
}

# Fails the check if the server has ended. The reason may be what it said last.
server_lives() {
    local words=''
    kill -0 "$guard" 2>/dev/null && return
    ! asan_has_reported || asan_found || return 1
    [[ -p $server_err ]] || words=$(tail -n 1 "$server_err" 2>/dev/null | quoted)
    [[ ! -f $server_err ]] || raw_report "$server_err"
    fails "the server stays up" "$(how_it_ended)${words:+; it said: '$words'}"
}

# The same after something went wrong: a server that is about to end has a moment
# to do so.
server_survived() {
    local i
    for i in {1..20}; do
        server_is_gone && break
        sleep 0.05
    done
    server_lives
}

# Ends the server with SIGTERM, so that a tool around it can still report. If
# that does not help, its guard ends it, and the check has failed.
stop_server() {
    kill -TERM "$server" 2>/dev/null || true
    wait_until server_is_gone && wait "$guard" 2>/dev/null && return
    server_is_gone && return
    kill -TERM "$guard" 2>/dev/null || true
    wait "$guard" 2>/dev/null || true
    fails "SIGTERM ends the server" "it still runs after $(patience) s"
}

descriptors() {
    find "/proc/$server/fd" -mindepth 1 2>/dev/null | wc -l
}

threads() {
    find "/proc/$server/task" -mindepth 1 -maxdepth 1 2>/dev/null | wc -l
}

# Address space in KiB: stacks of threads that nobody joined stay in it.
address_space() {
    awk '$1 == "VmSize:" { print $2 }' "/proc/$server/status"
}

descriptors_are() { # <count>
    (($(descriptors) == $1))
}

threads_are() { # <count>
    (($(threads) == $1))
}

# How often the server's threads have been given a processor, and for how many ticks
# of it in all (proc(5): fields 14 and 15 of stat).
times_run() {
    cat "/proc/$server"/task/*/status "/proc/$server/stat" 2>/dev/null |
        awk '/ctxt_switches:/ { all += $2 } /^[0-9]+ \(/ { sub(/.*\) /, ""); all += $12 + $13 } END { print all }'
}

# Whether no thread of the server has anything to do. Each sleeps when it is looked at,
# and the second time it has not run since: so there was a moment when all slept.
server_rests() {
    local states
    states=$(states_of_threads)
    [[ $states != *$'State:\tR'* && $states == "$(states_of_threads)" ]]
}

states_of_threads() {
    grep -hs '^State:\|ctxt_switches:' "/proc/$server"/task/*/status
}

# For one second, threads that wait must not look again and again whether they still
# have to. One that looks every 10 milliseconds runs 100 times.
sleeps() { # <when>
    local before times
    before=$(times_run)
    read -rt 1 <> <(:) || true
    times=$(($(times_run) - before))
    ((times <= 20)) || fails "$1 its threads sleep" "within one second they ran $times times, with nothing to do"
}

# The server's sockets, as the kernel sees them: state, bytes to send, and bytes to
# read. In state 0A, listening, that is how many clients have not been let in
# (proc(5): /proc/net/tcp).
sockets() {
    awk -v port="$(printf ':%04X' "$port")" 'index($2, port) { split($5, queue, ":"); print $4, queue[1], queue[2] }' \
        /proc/net/tcp6
}

not_let_in_are() { # <count>
    [[ $(sockets | awk '$1 == "0A" { print $3 }') == "$(printf '%08X' "$1")" ]]
}

# How many bytes the kernel still has to send to the client for whom it has most.
not_yet_sent() {
    echo $((16#$(sockets | awk '$1 != "0A" { print $2 }' | sort | tail -n 1 | grep . || echo 0)))
}

# Whether some client does not read what the server has for it.
is_kept_waiting() {
    local before
    before=$(not_yet_sent)
    read -rt 0.2 <> <(:) || true
    ((before > 0 && $(not_yet_sent) == before))
}

# Gives the check up on a machine without IPv6.
has_ipv6() {
    grep -qs '^00000000000000000000000000000001 ' /proc/net/if_inet6 ||
        ungraded "this machine has no IPv6 loopback (make doctor)"
}

# The server's standard error becomes a pipe that is full and that nobody
# reads: whoever writes to the log from now on, waits.
nobody_reads_the_log() {
    local descriptor
    server_err="$record/log"
    mkfifo "$server_err"
    # Open for both, so that neither end waits for the other: fifo(7).
    exec {descriptor}<>"$server_err"
    dd if=/dev/zero of="$server_err" bs=4096 oflag=nonblock 2>/dev/null || true
}
