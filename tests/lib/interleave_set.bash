# The set of programs that interleave is measured with: tests/interleave/set.
#
# Each has one bug; compiled with -DFIXED it has none. Those in deep/ take
# several switches at exactly the right places: one order in hundreds.
# Needs lib/explored.

readonly set=build/tests/interleave/set

# The names, one a line.
set_programs() {
    (cd tests/interleave/set && printf '%s\n' *.c | sed 's/\.c$//')
}

deep_programs() {
    (cd tests/interleave/set && printf '%s\n' deep/*.c | sed 's/\.c$//')
}

# Builds the wrong and the right version of each, where that is still to be done.
build_set() {
    local name made=()
    for name in $(set_programs) $(deep_programs); do
        made+=("$set/wrong/$name" "$set/right/$name")
    done
    make --silent "${made[@]}"
}

# Prints the schedule that shows the bug; nothing if none does.
first_finding() { # <name> <strategy> <seed> [<schedules>]
    explored --ignore-races --schedules "${4:-1000}" --strategy "$2" --seed "$3" "$set/wrong/$1" || return
    [[ $found == false ]] || echo "$first"
}

# Prints a line for each program and seed whose bug `mix` does not find.
missed() { # <seeds> <schedules> <name>...
    local name seed
    for name in "${@:3}"; do
        for ((seed = 1; seed <= $1; seed++)); do
            [[ -n $(first_finding "$name" mix $seed "$2") ]] || echo "$name: seed $seed finds nothing in $2 schedules"
        done
    done
}

# Prints a line for each right version in which something is found, be it only a data
# race, and in the end how many are proved right: all interleavings pass. The others
# are run by chance, too.
judge_right() { # <schedules of the systematic search> <by chance>
    local name proved=0
    for name in $(set_programs) $(deep_programs); do
        explored --strategy dpor --schedules "$1" "$set/right/$name" || return
        [[ $exhaustive == false ]] || proved=$((proved + 1))
        [[ $found == true || $exhaustive == true ]] || explored --schedules "$2" "$set/right/$name" || return
        [[ $found == false ]] || echo "$name, which is right: $output"
    done
    echo "$proved are proved right"
}
