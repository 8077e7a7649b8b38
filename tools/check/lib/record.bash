# What a check says about itself. Everything it says goes into files in its own
# folder of the record; tools/check/run makes a result of them.

# Fails the check: what was expected, and what happened instead.
fails() { # <what was expected> <what happened>
    printf '%s\n' "$1" >"$record/expected"
    printf '%s\n' "$2" >"$record/happened"
    return 1
}

# Adds a sentence that explains the failure. Call it before `fails`.
explain() { # <text>
    [[ -z $1 ]] || printf '%s\n' "$1" >>"$record/explained"
}

# Says where the raw report is. Call it before `fails`.
raw_report() { # <file>
    printf '%s\n' "$1" >>"$record/raw"
}

# Notes that something took too long. If the check fails then, that may be the
# machine's fault: whoever grades tries again (tools/grade/one).
time_ran_out() {
    touch "$record/timed_out"
}

# Gives the check up because of a tool, not because of the submission: it then
# costs no points and gives none.
ungraded() { # <why>
    printf '%s\n' "$1" >"$record/ungraded"
    skip "$1"
}

# The check has so many seconds in all, counted from now.
time_limit() { # <seconds>
    time_allowed=$1
    deadline=$((SECONDS + $1))
}

# Prints how many seconds the check may wait for one thing: 10 at most (or what
# CHECK_PATIENCE says), and no longer than its time limit.
patience() {
    patience_of "${CHECK_PATIENCE:-10}"
}

patience_of() { # <seconds at most>
    local left=$((deadline - SECONDS))
    ((left < 1)) && left=1
    echo $((left < $1 ? left : $1))
}

# Fails the check when its time is over, however well it goes on.
in_time() {
    ((SECONDS < deadline)) && return
    time_ran_out
    fails "the check ends within $time_allowed s" "it goes on, but too slowly"
}

# Waits until a command succeeds. Fails after the check's patience.
wait_until() { # <command> <argument>...
    wait_for "$(patience)" "$@"
}

wait_for() { # <seconds> <command> <argument>...
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || { time_ran_out && return 1; }
        sleep 0.02
    done
}

# Text from standard input on one line, its beginning at least. What a terminal
# would take as a command, or would not show, is a question mark.
quoted() {
    head -c 200 | LC_ALL=C tr -c '\n -~' '?' | awk '{ printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }'
}
