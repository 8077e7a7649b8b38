# The detectors: how each of them looks at a program. Source it after lib.bash.
#
# look DETECTOR runs it and writes two files to the folder `place`:
#
#   findings.jsonl  what it found, a finding a line (normalize.jq, interleave.jq)
#   state.json      id, name, state (complete, incomplete, absent), reason (of the
#                   last two), raw (its own texts)
#
# The caller has set what run.bash wants, and:
#
#   program    its builds: [plain], [tsan], [asan], [interleave]
#   lacks      for a build that is not there, why
#   arguments  of the program
#   clients    options of interleave: the clients of a server

# shellcheck source=tools/report/findings.bash
. tools/report/findings.bash
# shellcheck source=tools/report/run.bash
. tools/report/run.bash

readonly all_detectors=(tsan helgrind drd asan interleave)
declare -rA detector_name=(
    [tsan]=ThreadSanitizer [helgrind]=Helgrind [drd]=DRD [asan]=AddressSanitizer [interleave]=interleave
)

fixed_layout() {
    layout=()
    ! setarch -R true 2>/dev/null || layout=(setarch -R)
}

look_tsan() {
    local layout
    fixed_layout
    TSAN_FINDINGS="$place/reports" run_program "${layout[@]}" env \
        TSAN_OPTIONS="log_path=$place/log exitcode=0 atexit_sleep_ms=0 io_sync=0" "${program[tsan]}" "${arguments[@]}"
    gather_log
    stopped=${stopped:-$(crash_in_log)}
    tsan_findings "$place/reports" "$place/raw.txt" >"$place/findings.jsonl"
    rm -f "$place/reports"
}

# What the sanitizers write in files with the number of the process.
gather_log() {
    cat "$place"/log.* >"$place/raw.txt" 2>/dev/null || true
    rm -f "$place"/log.*
}

# ThreadSanitizer catches the signal, and says so only in its text.
crash_in_log() {
    sed -n 's/.*ERROR: ThreadSanitizer: \([A-Z]*\) on .*/it was ended by signal SIG\1/p' "$place/raw.txt" | head -n 1
}

look_asan() {
    local layout
    fixed_layout
    ASAN_FINDINGS="$place/reports" run_program "${layout[@]}" env \
        ASAN_OPTIONS="log_path=$place/log exitcode=0 detect_leaks=0 detect_stack_use_after_return=1" \
        "${program[asan]}" "${arguments[@]}"
    gather_log
    touch "$place/reports"
    unique_findings <"$place/reports" >"$place/findings.jsonl"
    rm -f "$place/reports"
}

# --fair-sched: who waits in a loop for another thread would else keep it from running.
run_valgrind() { # <tool> <option>...
    run_program valgrind --tool="$1" --vgdb=no --fair-sched=try "${@:2}" "${program[plain]}" "${arguments[@]}"
}

look_valgrind() { # <tool>
    run_valgrind "$1" --xml=yes --xml-file="$place/raw.xml"
    name_locals "$1"
    [[ -f $place/raw.xml ]] || return 0
    build/bin/valgrind_findings "$place/raw.xml" |
        jq -c --argjson variables "$(variables_of "${program[plain]}")" -f tools/report/valgrind.jq |
        unique_findings | not_of_our_ending >"$place/findings.jsonl"
}

# The name of a local variable Valgrind knows if it has read all debug information, the
# C library's too, which takes it eight times as long. So only if an access was to the
# frame of a function it runs once more.
name_locals() { # <tool>
    local stopped_first=$stopped
    grep -qs '<auxwhat>in frame #[0-9]*, created by ' "$place/raw.xml" || return 0
    run_valgrind "$1" --read-var-info=yes --xml=yes --xml-file="$place/named.xml"
    stopped=$stopped_first
    ! grep -qs 'inside local var' "$place/named.xml" || cp "$place/named.xml" "$place/raw.xml"
    rm -f "$place/named.xml"
}

# Name, place and size of each. DRD has no name for static variables of functions.
variables_of() { # <program>
    nm -S -t d --defined-only "$1" 2>/dev/null |
        jq -R -n -c '[inputs | capture("^(?<at>[0-9]+) (?<size>[0-9]+) [bBdD] (?<name>.*)$")
            | {name, at: (.at | tonumber), size: (.size | tonumber)}]'
}

# Whoever is ended where it waits for one lock may hold another: no mistake of its own.
not_of_our_ending() {
    if [[ -n $stopped ]]; then
        jq -c 'select(.kind != "exit-with-lock" or .accesses == [])'
    else
        cat
    fi
}

look_drd() {
    look_valgrind drd
}

# Which locks were held Helgrind says in its text, but not in its XML; and it writes
# one of the two. So where there is a race it runs once more.
look_helgrind() {
    local stopped_first
    look_valgrind helgrind
    ! grep -q '"kind":"data-race"' "$place/findings.jsonl" && return
    stopped_first=$stopped
    run_valgrind helgrind --read-var-info=no --log-file="$place/raw.txt"
    stopped=$stopped_first
    helgrind_findings "$place/raw.txt" >"$place/with_locks"
    jq -c --slurpfile known "$place/with_locks" -f tools/report/add_locks.jq \
        "$place/findings.jsonl" >"$place/findings"
    mv "$place/findings" "$place/findings.jsonl"
    rm -f "$place/with_locks"
}

run_interleave() { # <option or file>...
    local status=0
    (cd "$caller" && exec "$kit/build/bin/guard" --seconds $((seconds * 3)) -- \
        "$kit/build/bin/interleave" "$@" "${clients[@]}" "${schedule[@]}" \
        "${program[interleave]}" "${arguments[@]}") 3>&- <"${input:-/dev/null}" || status=$?
    return $status
}

# The finding as its schedule shows it. Not every schedule does, and what was found
# was found all the same.
shown_or_told() { # <name of the files>
    local shown
    shown=$(jq -c --arg schedule "${place#"$kit/"}/$1.sched" -f tools/report/interleave.jq "$place/$1.json" 2>/dev/null) || true
    if [[ -n $shown ]]; then
        echo "$shown"
    else
        jq -R -s -c -f tools/report/found.jq "$place/$1.txt"
    fi
}

# Explores, and adds what is found. Its exit status is interleave's.
explore() { # <name of the files> <option>...
    local schedule=() status=0
    run_interleave explore --time "$seconds" --save "$place/$1.sched" "${@:2}" >"$place/$1.txt" 2>&1 || status=$?
    if ((status == 1)); then
        schedule=("$place/$1.sched")
        run_interleave show --json "${@:2}" >"$place/$1.json" 2>/dev/null || true
        shown_or_told "$1" >>"$place/findings.jsonl"
    fi
    return $status
}

# First what races; then, if something does, what comes of it.
look_interleave() {
    local status=0
    stopped=''
    explore raw || status=$?
    if ((status == 1)) && grep -q '"kind":"data-race"' "$place/findings.jsonl"; then
        explore outcome --ignore-races || true
    elif ((status > 1)); then
        stopped=$(sed -n 's/^unjudged: //p; s/^interleave: //p; /^main ended with status/p' "$place/raw.txt" | head -n 1)
        stopped=${stopped:-it ended with status $status}
    elif ((status == 0)); then
        tried=$(sed -nE '/pass|^nothing found/{s/ \(.*//p; q}' "$place/raw.txt")
        look_for_leaks
    fi
}

# What is left when the program ends, if it does so by itself. Descriptors are left
# to the system by whoever ends.
look_for_leaks() {
    ((${#clients[@]} == 0)) || return 0
    explore leaks --ignore-races --leaks --schedules 20 || true
    jq -c 'select(.kind != "leak")' "$place/findings.jsonl" >"$place/findings"
    mv "$place/findings" "$place/findings.jsonl"
}

# Why a detector cannot look at the program; nothing if it can.
why_absent() { # <detector>
    local build=$1
    if [[ $1 == helgrind || $1 == drd ]]; then
        build=plain
    fi
    if [[ -z ${program[$build]:-} ]]; then
        echo "${lacks[$build]}"
    elif [[ $1 == interleave && -n $drive && ${#clients[@]} == 0 ]]; then
        echo "its clients are threads of its own (--client); another program as a client it cannot schedule"
    fi
}

# What a canary says of a detector that does not work; nothing if it does.
complaint() { # <canary>
    tools/doctor.d/canary "$1" || true
}

# Who has found something works. Who has not, may be broken: the canaries tell.
why_broken() { # <detector>
    local canary=${1/drd/helgrind} why
    [[ ! -s $place/findings.jsonl ]] || return 0
    why=$(once "canary.$canary" complaint "$canary")
    [[ -z $why ]] || echo "it does not work here: $why (make doctor)"
}

# Some detectors know the threads of POSIX only, and crash.
why_crashed() {
    if [[ $stopped == *SIGSEGV && ! -s $place/findings.jsonl ]] &&
        nm -D --undefined-only "${program[plain]}" 2>/dev/null | grep -q ' thrd_create'; then
        echo "it crashes: it does not know the threads of <threads.h>"
    fi
}

write_state() { # <detector> <state> <reason>
    local raw=() file
    for file in "$place"/{raw,outcome,leaks}.*; do
        [[ ! -f $file ]] || raw+=("${file#"$kit/"}")
    done
    jq -n -c --arg id "$1" --arg name "${detector_name[$1]}" --arg state "$2" --arg reason "$3" --arg tried "$tried" \
        '{$id, $name, $state, reason: (if $reason == "" then null else $reason end),
            tried: (if $tried == "" then null else $tried end), raw: $ARGS.positional}' --args "${raw[@]}" >"$place/state.json"
}

look() { # <detector>
    local absent stopped='' tried='' status=0
    mkdir -p "$place"
    : >"$place/findings.jsonl"
    absent=$(why_absent "$1")
    if [[ -z $absent ]]; then
        "look_$1"
        absent=$(why_crashed)
        absent=${absent:-$(why_broken "$1")}
    fi
    if [[ -n $absent ]]; then
        write_state "$1" absent "$absent"
        return
    fi
    write_state "$1" "$([[ -z $stopped ]] && echo complete || echo incomplete)" "$stopped"
}
