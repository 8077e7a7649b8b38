# Runs the submission under interleave, which decides who goes on: every order
# of its threads, or the one that a schedule says.

readonly interleave_seconds=200

# What the server is started with: any port, and 8 seats. A lab may say otherwise.
server_arguments=(0 8)

needs_interleave() {
    needs_detector interleave interleave
    [[ -x $(program interleave) ]] ||
        ungraded "interleave cannot build it: $(head -n 1 "$CHECK_DIR/built/interleave.complaints" 2>/dev/null)"
}

# Clients on interleave's command line: clients[] of the caller.
with_clients() { # <requests>...
    local requests
    clients=()
    for requests in "$@"; do
        clients+=(--client "$requests")
    done
}

# Runs interleave on the caller's `explored`, a program and its arguments. What it says
# goes to `said`; its exit status to `status`. It stops after so many schedules, not
# after some time: on a busy machine the verdict is the same. A program of the kit's
# own needs no jail.
run_interleave() { # <command> <option>...
    local jail=()
    [[ -z ${CHECK_JAIL:-} || ${explored[0]} != "$CHECK_DIR"/* ]] || jail=(--wrapper "$CHECK_JAIL")
    status=0
    JAIL_READS="$CHECK_DIR/built" "$CHECK_KIT/build/bin/guard" --seconds $interleave_seconds \
        --memory "$memory_limit" -- "$CHECK_KIT/build/bin/interleave" "$1" \
        "${jail[@]}" "${@:2}" "${explored[@]}" >"$said" 2>&1 3>&- || status=$?
    ((status != 123)) || fails "interleave runs it" "it took more memory than it may ($memory_limit MiB)" || return 1
    ((status == 124)) || return 0
    time_ran_out
    ungraded "interleave did not come to an end within $interleave_seconds s"
}

# What was found, on one line: "kind: a sentence", and what follows indented.
finding() {
    awk 'found && !/^  / { exit }
         /^(assert|crash|data race|deadlock|exit|history|interleave|leak|livelock|misuse|unjudged):/ { found = 1 }
         found' "$said" | tr -s ' \n' ' ' | sed 's/ $//'
}

# It could not be judged, or it was not interleave that failed. What has no end within
# what is allowed is the submission's fault: a right one needs a small part of that.
cannot_judge() {
    local why
    why=$(sed -n 's/^unjudged: //p; s/^interleave: //p' "$said" | head -n 1)
    case $why in
    *'before a client could connect'*)
        fails "the server serves its clients" "$why" || return 1
        ;;
    *'(--steps allows more)'* | *'(--cpu allows more)'*)
        fails "the threads come to an end" "${why% (--*}" || return 1
        ;;
    esac
    ungraded "interleave cannot judge this: ${why:-it ended with status $status}"
}

# However the threads of the server and these clients take turns, nothing goes
# wrong. With option --ignore-races a data race alone is nothing; --strategy=dpor
# is the fastest where it comes to an end.
every_order_is_right() { # <option of interleave>... <requests of a client>...
    local explored options rest clients
    needs_interleave
    split_options "$@"
    with_clients "${rest[@]}"
    explored=("$(program interleave)" "${server_arguments[@]}")
    nothing_goes_wrong "no order of $(quoted <<<"$(printf "'%s' " "${rest[@]}")")goes wrong" \
        --schedules 5000 "${options[@]}" "${clients[@]}"
}

# The same for the program that drives the submission's files alone (lab.json).
every_order_of_the_driver_is_right() { # <option of interleave>... <argument of the driver>...
    local explored options rest
    needs_interleave
    split_options "$@"
    explored=("$CHECK_DIR/built/interleave/driver" "${rest[@]}")
    nothing_goes_wrong "no order of the threads of 'driver ${rest[*]}' goes wrong" "${options[@]}"
}

# Into the caller's `options`, and `rest`: what comes after them.
split_options() { # <argument>...
    options=()
    while [[ $1 == --* ]]; do
        options+=("$1")
        shift
    done
    rest=("$@")
}

# Explores the caller's `explored`. A finding fails the check.
nothing_goes_wrong() { # <what is to happen> <option of interleave>...
    local said="$record/interleave.txt" status
    run_interleave explore "${@:2}" || return 1
    ((status != 0)) || return 0
    ((status == 1)) || cannot_judge || return 1
    raw_report "$said"
    explain "The raw report shows who did what, in this order."
    fails "$1" "$(finding)"
}
