# The set of programs that interleave is measured with: tests/interleave/set.
#
# Each has one bug; compiled with -DFIXED it has none. Those in deep/ take
# several switches at exactly the right places: one order in hundreds.

# The names, one a line.
set_programs() {
    (cd tests/interleave/set && printf '%s\n' *.c | sed 's/\.c$//')
}

deep_programs() {
    (cd tests/interleave/set && printf '%s\n' deep/*.c | sed 's/\.c$//')
}

# Builds the wrong and the right version of each.
build_set() { # <folder>
    local name
    mkdir -p "$1/wrong/deep" "$1/right/deep"
    for name in $(set_programs) $(deep_programs); do
        build/bin/interleave cc -D_GNU_SOURCE -o "$1/wrong/$name" "tests/interleave/set/$name.c" || return
        build/bin/interleave cc -D_GNU_SOURCE -DFIXED -o "$1/right/$name" "tests/interleave/set/$name.c" || return
    done
}

# The schedule that shows the bug; nothing if none does.
first_finding() { # <program> <strategy> <seed> [<schedules>]
    build/bin/interleave explore --json --ignore-races --schedules "${4:-1000}" \
        --strategy "$2" --seed "$3" "$1" | jq -r 'if .found then .first else empty end'
}

# Prints a line for each program and seed whose bug `mix` does not find.
missed() { # <folder> <seeds> <schedules> <program>...
    local name seed
    for name in "${@:4}"; do
        for ((seed = 1; seed <= $2; seed++)); do
            [[ -n $(first_finding "$1/wrong/$name" mix $seed "$3") ]] ||
                echo "$name: seed $seed finds nothing in $3 schedules"
        done
    done
}

# Prints a line for each right version in which something is found, be it only
# a data race.
wrongly_found() { # <folder> <schedules>
    local name result
    for name in $(set_programs) $(deep_programs); do
        result=$(build/bin/interleave explore --json --schedules "$2" "$1/right/$name") ||
            echo "$name, which is right: $result"
    done
}
