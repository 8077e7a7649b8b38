# The set of programs that interleave is measured with: tests/interleave/set.
#
# Each has one bug; compiled with -DFIXED it has none.

set_programs() {
    local source
    for source in tests/interleave/set/*.c; do
        basename "$source" .c
    done
}

# Builds the wrong and the right version of each.
build_set() { # <folder>
    local name
    mkdir -p "$1/wrong" "$1/right"
    for name in $(set_programs); do
        build/bin/interleave cc -D_GNU_SOURCE -o "$1/wrong/$name" "tests/interleave/set/$name.c" || return
        build/bin/interleave cc -D_GNU_SOURCE -DFIXED -o "$1/right/$name" "tests/interleave/set/$name.c" || return
    done
}

# The schedule, of 1,000 at most, that shows the bug; nothing if none does.
first_finding() { # <program> <strategy> <seed>
    build/bin/interleave explore --json --ignore-races --schedules 1000 \
        --strategy "$2" --seed "$3" "$1" | jq -r 'if .found then .first else empty end'
}

# Prints a line for each program and seed whose bug the strategy does not find.
missed() { # <folder> <strategy> <seeds>
    local name seed
    for name in $(set_programs); do
        for ((seed = 1; seed <= $3; seed++)); do
            [[ -n $(first_finding "$1/wrong/$name" "$2" $seed) ]] ||
                echo "$name: $2 with seed $seed finds nothing in 1000 schedules"
        done
    done
}

# Prints a line for each right version in which something is found, be it only
# a data race.
wrongly_found() { # <folder> <schedules>
    local name result
    for name in $(set_programs); do
        result=$(build/bin/interleave explore --json --schedules "$2" "$1/right/$name") ||
            echo "$name, which is right: $result"
    done
}
