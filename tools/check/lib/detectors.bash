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
# out once for all checks of a run.
needs_detector() { # <canary> <name>
    local said="$CHECK_DIR/canary.$1"
    [[ -f $said ]] || "$CHECK_KIT/tools/doctor.d/canary" "$1" >"$said" 3>&- || true
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
    export TSAN_FINDINGS="$record/tsan.json"
    export TSAN_OPTIONS="log_path=$record/tsan exitcode=0 atexit_sleep_ms=0 io_sync=0"
    start_server_with "${layout[@]}" "$(program tsan)" 0 "${1:-20}"
}

# Starts the server under Helgrind.
start_helgrind_server() { # [<seats>]
    needs_detector helgrind Helgrind
    start_server_with valgrind --tool=helgrind --vgdb=no --log-file="$record/helgrind.txt" \
        "$(program plain)" 0 "${1:-20}"
}

# Stops the server. It must not have been found racing.
tsan_found_nothing() {
    local log
    stop_server || return 1
    log=$(compgen -G "$record/tsan.*[0-9]" | head -n 1) || true
    [[ -n $log ]] || return 0
    raw_report "$log"
    if ! grep -q '^WARNING: ThreadSanitizer: ' "$log"; then
        ungraded "ThreadSanitizer failed: $(grep -m 1 -E 'FATAL|CHECK failed' "$log" | cut -c 1-120)"
    fi
    no_findings ThreadSanitizer "$(tsan_findings "$TSAN_FINDINGS" "$log")" || return 1
    # What cannot be put into words is a report all the same.
    fails "ThreadSanitizer finds nothing" "$(grep -c '^WARNING: ThreadSanitizer: ' "$log") reports: see the raw report"
}

helgrind_found_nothing() {
    stop_server || return 1
    if ! grep -q 'ERROR SUMMARY' "$record/helgrind.txt"; then
        raw_report "$record/helgrind.txt"
        ungraded "Helgrind did not finish"
    fi
    raw_report "$record/helgrind.txt"
    no_findings Helgrind "$(helgrind_findings "$record/helgrind.txt")" || return 1
    grep -q 'ERROR SUMMARY: 0 errors' "$record/helgrind.txt" && return
    fails "Helgrind finds nothing" "$(sed -n 's/.*ERROR SUMMARY: \([0-9]* errors\).*/\1/p' "$record/helgrind.txt"): see the raw report"
}

no_findings() { # <detector> <findings>
    local count
    [[ -n $2 ]] || return 0
    count=$(wc -l <<<"$2")
    explain "$(head -n 3 <<<"$2" | explain_findings)"
    ((count <= 3)) || explain "(and $((count - 3)) more)"
    fails "$1 finds nothing" "$1 finds $count $( ((count == 1)) && echo race || echo races)"
}

# Two clients, one after the other, make every pair of requests meet. The
# detectors need no luck for that: it is enough that nothing orders the two
# threads. So the verdict is the same every time. The names have seven letters:
# with its NUL such a name is one access of eight bytes. ThreadSanitizer
# remembers only four accesses to eight bytes, and forgets one of them at random
# when there are more.
meet_in_pairs() {
    local first second
    connect abigail
    connect bernard
    ask abigail 'HELLO abigail' 'OK hello abigail'
    ask bernard 'HELLO bernard' 'OK hello bernard'
    for first in abigail bernard; do
        second=$([[ $first == abigail ]] && echo bernard || echo abigail)
        ask "$first" 'BOOK 1' 'OK 1'
        ask "$second" 'WHO 1' "OK $first"
        ask "$second" 'SOLD' 'OK 1'
        ask "$second" 'BOOK 1' "ERR taken $first"
        ask "$second" 'BOOK 2' 'OK 2'
        ask "$first" 'MAP' 'OK ##..................'
        ask "$first" 'MOVE 1 3' 'OK 3'
        ask "$second" 'MOVE 2 3' "ERR taken $first"
        ask "$second" 'CANCEL 1' 'ERR not yours'
        ask "$second" 'MOVE 2 1' 'OK 1'
        ask "$first" 'CANCEL 3' 'OK 3'
        ask "$second" 'SOLD' 'OK 1'
        ask "$second" 'CANCEL 1' 'OK 1'
        ask "$first" 'WHO 1' 'OK free'
    done
    ask abigail 'QUIT' 'OK bye'
    ask bernard 'QUIT' 'OK bye'
}
