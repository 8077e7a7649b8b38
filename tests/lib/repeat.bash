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

# The marks of what was judged last, one line a check.
marks() {
    jq -r '.checks[] | "\(.got)/\(.points) \(.status) \(.name)"' "$result"
}

# Runs the checks once more on what the last check_anew has built.
check_again() { # <lab> <submission>
    CHECK_FROM=$2 tools/check/run "$1" "$2.checked" --hidden | jq -s '{checks: .}' >"$2.checked/result.json"
}

# How often each submission is graded.
readonly rounds=${ROUNDS:-3}

# Grades one submission many times over. Prints every difference.
grade_often() { # <lab> <submission>
    local round
    check_anew "$1" "$2"
    marks >"$2.marks.1"
    for ((round = 2; round <= rounds; round++)); do
        rm -rf "$2.checked/record"
        check_again "$1" "$2"
        marks >"$2.marks.$round"
        diff "$2.marks.1" "$2.marks.$round" ||
            echo "${2##*/}: in round 1 (<) and in round $round (>)"
    done
}

# Each submission of a lab gets the same marks every time. Two are graded at the
# same time: much of a check is waiting.
same_marks() { # <lab>
    local submission running=0
    make_submissions "$1" "$scratch/submissions"
    for submission in "$scratch/submissions"/*; do
        ((++running <= 2)) || wait -n || true
        grade_often "$1" "$submission" >"$submission.said" 3>&- &
    done
    wait
    cat "$scratch/submissions"/*.said
    [[ $(cat "$scratch/submissions"/*.said) == '' ]]
    for submission in "$scratch/submissions"/*.said; do
        [[ -f ${submission%.said}.marks.$rounds ]]
    done
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
