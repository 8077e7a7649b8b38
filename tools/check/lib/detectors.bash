# Runs the submission under the race detectors.

# shellcheck source=tools/report/findings.bash
source "$CHECK_KIT/tools/report/findings.bash"

# ThreadSanitizer needs an address layout that is not too random: see
# "unexpected memory mapping" in the README of tools/doctor.
fixed_layout() {
    if setarch -R true 2>/dev/null; then
        echo setarch -R
    fi
}

# Gives the check up if a detector does not work on this machine. That is found
# out once for all checks of a run, or of several (CHECK_CACHE).
needs_detector() { # <canary> <name>
    local said="${CHECK_CACHE:-$CHECK_DIR}/canary.$1" new
    if [[ ! -f $said ]]; then
        new=$(mktemp "$said.XXXXXX")
        "$CHECK_KIT/tools/doctor.d/canary" "$1" >"$new" 3>&- || true
        mv "$new" "$said" # others may look at the same time
    fi
    [[ ! -s $said ]] || ungraded "$2 does not work here: $(cat "$said") (make doctor)"
}

# Starts the ThreadSanitizer build of the server. By default ThreadSanitizer
# takes everything that is read from any socket as ordered after everything
# that was written to any socket before. That hides most races between two
# clients' threads, unless they happen at the very same moment: io_sync=0.
start_tsan_server() { # [<seats>]
    local layout
    needs_detector tsan ThreadSanitizer
    read -ra layout <<<"$(fixed_layout)"
    listen_on 8 "$record/tsan.json"
    listen_on 9 "$record/tsan.txt"
    export TSAN_FINDINGS=/proc/self/fd/8 TSAN_REPORT=9
    export TSAN_OPTIONS="exitcode=0 atexit_sleep_ms=0 io_sync=0"
    start_server_with "${layout[@]}" "$(program tsan)" 0 "${1:-20}"
}

# Starts the build with AddressSanitizer. At its first report it ends the server.
start_asan_server() { # [<seats>]
    local layout
    needs_detector asan AddressSanitizer
    read -ra layout <<<"$(fixed_layout)"
    # Leaks are looked for by ptrace(2), which submissions may not use.
    export ASAN_OPTIONS="detect_leaks=0 quarantine_size_mb=64 detect_stack_use_after_return=1"
    start_server_with "${layout[@]}" "$(program asan)" 0 "${1:-20}"
}

# Whether its report is there.
asan_has_reported() {
    [[ ! -p $server_err ]] && grep -qs '^==[0-9]*==ERROR: AddressSanitizer: ' "$server_err"
}

asan_found() {
    raw_report "$server_err"
    fails "AddressSanitizer finds nothing" "$(awk -f "$CHECK_KIT/tools/report/asan.awk" "$server_err")"
}

asan_found_nothing() {
    local status=0
    stop_server || status=1
    ! asan_has_reported || asan_found || return 1
    return $status
}

# A detector runs in the submission's own process, or next to it. What it says
# comes over a descriptor and is written down here: the submission sees no file
# that it could empty. The beginning is enough.
listen_on() { # <descriptor> <file>
    # The submission may be another user.
    mkfifo -m 666 "$2.fifo"
    { head -c 4000000 >"$2" && cat >/dev/null; } <"$2.fifo" 3>&- &
    listeners+=($!)
    eval "exec $1>'$2.fifo'"
    rm "$2.fifo"
}

# The server is gone; what it said has come.
stop_listening() {
    exec 8>&- 9>&-
    wait "${listeners[@]}" || true
    listeners=()
}

# Whether the server still holds what its detector speaks through.
still_speaks() {
    local descriptor
    for descriptor in "$@"; do
        [[ /proc/$server/fd/$descriptor -ef /proc/$BASHPID/fd/$descriptor ]] && continue
        server_lives || return 1
        fails "the server leaves descriptor $descriptor alone" \
            "it closed it; the detector reports over it"
    done
}

# Starts the server under Helgrind.
start_helgrind_server() { # [<seats>]
    needs_detector helgrind Helgrind
    listen_on 9 "$record/helgrind.txt"
    start_server_with valgrind --tool=helgrind --vgdb=no --log-fd=9 "$(program plain)" 0 "${1:-20}"
}

# Stops the server. It must not have been found racing.
tsan_found_nothing() {
    local log="$record/tsan.txt"
    still_speaks 8 9 || return 1
    stop_server || return 1
    stop_listening
    [[ -s $log ]] || return 0
    raw_report "$log"
    if ! grep -q '^WARNING: ThreadSanitizer: ' "$log"; then
        ungraded "ThreadSanitizer failed: $(grep -m 1 -E 'FATAL|CHECK failed' "$log" | cut -c 1-120)"
    fi
    no_findings ThreadSanitizer "$(tsan_findings "$record/tsan.json" "$log")" || return 1
    # What cannot be put into words is a report all the same.
    fails "ThreadSanitizer finds nothing" "$(grep -c '^WARNING: ThreadSanitizer: ' "$log") reports: see the raw report"
}

helgrind_found_nothing() {
    stop_server || return 1
    stop_listening
    if ! grep -q 'ERROR SUMMARY' "$record/helgrind.txt"; then
        raw_report "$record/helgrind.txt"
        ungraded "Helgrind did not finish"
    fi
    grep -q 'ERROR SUMMARY: 0 errors' "$record/helgrind.txt" && return
    raw_report "$record/helgrind.txt"
    no_findings Helgrind "$(helgrind_findings "$record/helgrind.txt")" || return 1
    fails "Helgrind finds nothing" "$(sed -n 's/.*ERROR SUMMARY: \([0-9]* errors\).*/\1/p' "$record/helgrind.txt"): see the raw report"
}

no_findings() { # <detector> <findings>
    local count
    [[ -n $2 ]] || return 0
    count=$(wc -l <<<"$2")
    explain "$(head -n 3 <<<"$2" | explain_findings)"
    ((count <= 3)) || explain "(and $((count - 3)) more)"
    fails "$1 finds nothing" "$1 finds $(in_words "$2")"
}

# Two clients, one after the other, make every pair of requests meet. The
# detectors need no luck for that: it is enough that nothing orders the two
# threads. So the verdict is the same every time. The names have seven letters:
# with its NUL such a name is one access of eight bytes. ThreadSanitizer
# remembers only four accesses to eight bytes, and forgets one of them at random
# when there are more.
meet_in_pairs() {
    local first second a=$seat b=$((seat + 1)) c=$((seat + 2)) before after
    connect "$one"
    connect "$other"
    ask "$one" "HELLO $one" "OK hello $one"
    ask "$other" "HELLO $other" "OK hello $other"
    printf -v before '%*s' $((a - 1)) ''
    printf -v after '%*s' $((20 - b)) ''
    for first in "$one" "$other"; do
        second=$([[ $first == "$one" ]] && echo "$other" || echo "$one")
        ask "$first" "BOOK $a" "OK $a"
        ask "$second" "WHO $a" "OK $first"
        ask "$second" 'SOLD' 'OK 1'
        ask "$second" "BOOK $a" "ERR taken $first"
        ask "$second" "BOOK $b" "OK $b"
        ask "$first" 'MAP' "OK ${before// /.}##${after// /.}"
        ask "$first" "MOVE $a $c" "OK $c"
        ask "$second" "MOVE $b $c" "ERR taken $first"
        ask "$second" "CANCEL $a" 'ERR not yours'
        ask "$second" "MOVE $b $a" "OK $a"
        ask "$first" "CANCEL $c" "OK $c"
        ask "$second" 'SOLD' 'OK 1'
        ask "$second" "CANCEL $a" "OK $a"
        ask "$first" "WHO $a" 'OK free'
    done
    ask "$one" 'QUIT' 'OK bye'
    ask "$other" 'QUIT' 'OK bye'
}
