# Schedules that students write. interleave follows them, and judges what the
# clients were told.

# Follows a schedule, whose text is on standard input. Its exit status is that of
# interleave's command, and what was said is in `said`.
follow_schedule() { # <replay|show> <program> <requests>...
    local clients explored=("$2" "${server_arguments[@]}") options=()
    needs_detector interleave interleave
    [[ -x $2 ]] || ungraded "interleave cannot build the server: $(head -n 1 "$CHECK_DIR/built/interleave.complaints" 2>/dev/null)"
    cat >"$record/schedule"
    with_clients "${@:3}"
    case $1 in
    replay) options=(--ignore-races) ;;
    show) options=(--ignore-races --json) ;;
    esac
    run_interleave "$1" "${options[@]}" "${clients[@]}" "$record/schedule"
}

# Follows a schedule of the submission. Something must go wrong then: a finding of
# this kind, with these words in its story.
schedule_loses() { # <file> <program> <kind> <words> <what is to happen> <requests>...
    local said="$record/interleave.txt" status
    follow_schedule replay "$2" "${@:6}" <"$CHECK_FROM/$1" || return 1
    raw_report "$said"
    case $status in
    1) [[ $(finding) == "$3: "*"$4"* ]] || fails "$5" "$(finding)" ;;
    0) fails "$5" "the schedule is followed to its end, and nothing goes wrong" ;;
    *) cannot_follow "$1" "$5" ;;
    esac
}

# The same, but nothing may go wrong, and these replies must have been heard.
schedule_is_harmless() { # <file> <program> <replies, one a line> <what is to happen> <requests>...
    local said="$record/interleave.json" status missing
    follow_schedule show "$2" "${@:5}" <"$CHECK_FROM/$1" || return 1
    ((status == 0)) || cannot_follow "$1" "$4" || return 1
    raw_report "$said"
    missing=$(jq -r --arg replies "$3" '
        if .finding != null then .finding.sentence
        else [.steps[].words] as $words
            | [$replies | split("\n")[] | select(IN("hears \"\(.)\""; $words[]) | not)]
            | if . == [] then "" else "nobody hears '\''\(first)'\''" end
        end' "$said")
    [[ -z $missing ]] || fails "$4" "$missing"
}

# Sets `stops` to where alice's thread, alone, writes her name while it holds a lock.
where_it_takes_seats() { # <requests of alice>
    local said="$record/alone.json" status written
    follow_schedule show "$(program interleave)" "$1" </dev/null || return 1
    written=$(jq -r '
        [.steps[] | select(.file == "seats.c" and .deed == "write" and .value == "\"alice\"" and .held != []) | .line]
        | to_entries as $written
        | $written[] | . as $one
        | "seats.c:\(.value) #\([$written[] | select(.value == $one.value and .key <= $one.key)] | length)"' "$said")
    mapfile -t stops <<<"$written"
    [[ -n $written ]] || fails "alice holds a lock while she takes a seat" "her name is written nowhere under a lock"
}

# Whenever alice is in the middle of taking a seat, bob is served to his end.
nobody_waits() { # <what bob does> <requests of alice> <requests of bob>
    local said="$record/interleave.txt" status stops stop
    where_it_takes_seats "$2" || return 1
    for stop in "${stops[@]}"; do
        follow_schedule replay "$(program interleave)" "$2" "$3" <<<"alice until $stop"$'\nbob until end' || return 1
        ((status != 0)) || continue
        raw_report "$said"
        explain "alice's thread stands at ${stop% #*}, in its critical section, and nobody lets it go on."
        fails "$1 while alice takes a seat" "$(finding | sed "s|^interleave: $record/schedule:[0-9]*: ||")"
        return 1
    done
}

# A line that is no turn, or a turn that is impossible: the submission's fault.
cannot_follow() { # <file> <what is to happen>
    local why
    why=$(sed -n "s|^interleave: $record/schedule:\([0-9]*\): |line \1: |p" "$said" | head -n 1)
    [[ -n $why ]] || cannot_judge || return 1
    fails "$2" "$1 cannot be followed: $why"
}
