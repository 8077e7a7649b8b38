# What the tests of the labs share.

# Copies a lab's solved files into a folder.
copy_solution() { # <lab> <directory>
    local file
    mkdir -p "$2"
    jq -r '.edit[]' "labs/$1/lab.json" | while IFS= read -r file; do
        cp "solutions/$1/$file" "$2/$file"
    done
}

# Has files judged with all checks, hidden ones too. Sets `result` to what comes of it.
check_all() { # <lab> <directory>
    result=$(tests/judge "$1" "$2")
}

# Has them judged once more, whatever is known of them.
check_anew() { # <lab> <directory>
    result="$2.checked/result.json"
    tools/check/check "$1" --from "$2" --to "$2.checked" --hidden --quiet || true
}

# Checks files with some checks alone, which are named in a file, one a line.
check_only() { # <file> <lab> <directory>
    result="$3.checked/result.json"
    CHECK_ONLY=$1 tools/check/check "$2" --from "$3" --to "$3.checked" --hidden --quiet || true
}

# The names of the checks with this status, sorted.
checks_that() { # <status>
    jq -r --arg status "$1" '.checks[] | select(.status == $status) | .name' "$result" | sort
}

# Makes a wrong fix: the solution with the patch.
make_wrong_fix() { # <lab> <patch> <directory>
    copy_solution "$1" "$3"
    patch --quiet --strip 1 --directory "$3" <"$2"
}

# The checks that a wrong fix names.
caught_by() { # <patch>
    sed -n 's/^caught-by: //p' "$1"
}

# Every wrong fix loses the points of all checks that it names, and of no others.
wrong_fixes_lose_what_they_name() { # <lab> [<what judges: check_all or check_anew>]
    local patch directory wrong=0
    for patch in "solutions/$1/wrong/"*.patch; do
        directory="$scratch/$(basename "$patch" .patch)"
        make_wrong_fix "$1" "$patch" "$directory"
        "${2:-check_all}" "$1" "$directory"
        diff <(caught_by "$patch" | sort) <(checks_that failed) >"$directory.diff" && continue
        echo "$patch: named (<) and failed (>):"
        cat "$directory.diff"
        wrong=1
    done
    return $wrong
}

# ---- what holds for every lab ----

# All that a lab's folders must have is there and fits together.
lab_is_complete() { # <lab>
    files_are_complete "$1"
    hints_are_complete "$1"
    points_are_complete "$1"
    complete
}

files_are_complete() { # <lab>
    local file
    for file in README.md hints.md lab.json check.bats; do
        [[ -s labs/$1/$file ]] || complain "labs/$1/$file is missing or empty"
    done
    [[ -s solutions/$1/hidden.bats ]] || complain "solutions/$1/hidden.bats is missing"
    while IFS= read -r file; do
        [[ -f labs/$1/$file && -f solutions/$1/$file ]] || complain "$file is not in both trees"
    done < <(jq -r '.edit[]' "labs/$1/lab.json")
    while IFS= read -r file; do
        [[ -f labs/common/$file ]] || complain "labs/common/$file, given by lab $1, is missing"
    done < <(jq -r '(.given, .beside, .driver) | .[]?' "labs/$1/lab.json")
    (($(find "solutions/$1/wrong" -name '*.patch' | wc -l) >= 4)) || complain "fewer than four wrong fixes"
}

# Each task of the handout has its three hints.
hints_are_complete() { # <lab>
    local task level
    while IFS= read -r task; do
        for level in 1 2 3; do
            awk -v task="## Task $task:" -v level="### Hint $level" '
                /^## / { inside = index($0, task) == 1 }
                inside && $0 == level { found = 1 }
                END { exit !found }' "labs/$1/hints.md" || complain "hint $level of task $task is missing"
        done
    done < <(sed -n 's/^### Task \([0-9]*\):.*/\1/p' "labs/$1/README.md")
}

# Every check has points, and they are 100 in all.
points_are_complete() { # <lab>
    local file total
    total=$(cat "labs/$1/check.bats" "solutions/$1/hidden.bats" |
        sed -n 's/^# bats test_tags=points:\([0-9]*\).*/\1/p' | paste -sd +)
    ((total == 100)) || complain "the points of all checks are $total, not 100"
    for file in "labs/$1/check.bats" "solutions/$1/hidden.bats"; do
        (($(grep -c '^@test' "$file") == $(grep -c '^# bats test_tags=points:' "$file"))) ||
            complain "a check of $file has no points"
    done
}

complaints=0

complain() { # <sentence>
    echo "$1"
    complaints=$((complaints + 1))
}

complete() {
    ((complaints == 0))
}

# The wrong fixes name checks that there are. (That each check can fail is shown
# by the starter: starter_fails.)
wrong_fixes_name_checks() { # <lab>
    local checks named
    checks=$(sed -n 's/^@test "\(.*\)" {$/\1/p' "labs/$1/check.bats" "solutions/$1/hidden.bats" | sort)
    named=$(cat "solutions/$1/wrong/"*.patch | sed -n 's/^caught-by: //p' | sort -u)
    run comm -13 <(echo "$checks") <(echo "$named")
    assert_output ''
}

# The starter builds without a warning and passes no other check.
starter_fails() { # <lab>
    copy_starter "$1" "$scratch/starter"
    check_all "$1" "$scratch/starter"
    run checks_that passed
    assert_output "${2-it builds without warnings}"
}

copy_starter() { # <lab> <directory>
    local file
    mkdir -p "$2"
    jq -r '.edit[]' "labs/$1/lab.json" | while IFS= read -r file; do
        cp "labs/$1/$file" "$2/$file"
    done
}

# Why the starter fails a check: what happened, and the explanation.
why_not() { # <beginning of the check's name>
    jq -r --arg name "$1" '.checks[] | select(.name | startswith($name)) | .happened + "\n" + .feedback' "$result"
}

# The solution passes every check that can be graded.
solution_passes() { # <lab> <points> [<what judges>]
    copy_solution "$1" "$scratch/solution"
    "${3:-check_all}" "$1" "$scratch/solution"
    run checks_that failed
    assert_output ''
    run jq -r '"\(.score) of \(.max)"' "$result"
    assert_output "$2 of $2"
}
