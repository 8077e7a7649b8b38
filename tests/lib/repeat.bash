# What the long tests share: gradings, many times over.

# Makes all submissions of a lab below a folder: the starter, the solution and
# every wrong fix.
make_submissions() { # <lab> <directory>
    local patch
    copy_starter "$1" "$2/starter"
    copy_solution "$1" "$2/solution"
    for patch in "solutions/$1/wrong/"*.patch; do
        make_wrong_fix "$1" "$patch" "$2/$(basename "$patch" .patch)"
    done
}

# The marks of the last check_all, one line a check.
marks() {
    jq -r '.checks[] | "\(.got)/\(.points) \(.status) \(.check)"' "$result"
}

# Each submission of a lab gets the same marks every time.
same_marks() { # <lab> <times>
    local submission round wrong=0
    make_submissions "$1" "$scratch/submissions"
    for submission in "$scratch/submissions"/*; do
        for ((round = 1; round <= $2; round++)); do
            check_all "$1" "$submission"
            marks >"$scratch/marks.$round"
            diff "$scratch/marks.1" "$scratch/marks.$round" && continue
            echo "${submission##*/}: in round 1 (<) and in round $round (>)"
            wrong=1
        done
    done
    return $wrong
}

# As many endless loops as the machine has processors, until lighten.
load_up() {
    local i
    loops=()
    for ((i = 0; i < $(nproc); i++)); do
        build/bin/guard -- bash -c 'while :; do :; done' 3>&- &
        loops+=($!)
    done
}

lighten() {
    ((${#loops[@]} == 0)) || kill "${loops[@]}"
    wait
}

loops=()
