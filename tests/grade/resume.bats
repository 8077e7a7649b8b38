#!/usr/bin/env bats
# A grading that is killed goes on where it was.
load ../lib/kit
load ../lib/clients

# Five submissions of lab 02: the first and the fourth are right, the others do not build,
# and are judged in no time.
prepare() {
    local i
    out="$scratch/out" class="$scratch/class"
    for i in 1 2 3 4 5; do
        mkdir -p "$class/$i"
    done
    cp solutions/02-server/server.c "$class/1"
    echo 'int main(void) { return x; }' >"$class/2/server.c"
    { cat solutions/02-server/server.c && echo '// mine'; } >"$class/4/server.c"
    echo '#error "not yet"' >"$class/5/server.c"
}

readonly all_scores='1 100 graded
2 0 graded
3 0 graded
4 100 graded
5 0 graded'

scores() {
    jq -r '"\(.name) \(.score) \(.status)"' "$out"/*/result.json
}

# Name and moment of what has been judged to its end.
judged() {
    jq -r 'select(.checks != [] and all(.checks[]; .status != "skipped")) | "\(.name) \(.started)"' \
        "$out"/*/result.json 2>/dev/null || true
}

# What had been judged is there, and was not judged again.
nothing_is_lost() { # <what judged has said before>
    [[ -z $1 ]] || assert_equal "$(judged | grep -cxF -f <(echo "$1"))" "$(wc -l <<<"$1")"
}

all_results_are_valid() {
    local result
    for result in "$out"/*/result.json; do
        [[ ! -f $result ]] || PYTHONWARNINGS=ignore /usr/bin/jsonschema -i "$result" tools/check/result.schema.json
    done
}

# Starts grading in the background: sets `grading`, its process.
start() { # <option>...
    # What a shell starts in the background ignores the signal, unless told otherwise.
    env --default-signal=INT build/bin/grade --lab 02 --jobs 1 --out "$out" "$@" "$class" >/dev/null 2>&1 3>&- &
    grading=$!
}

nothing_of() { # <folder>
    ! pgrep -f -- "$1" >/dev/null
}

is_there() { # <one of these, in the folder of the results>...
    local name
    for name in "$@"; do
        [[ ! -e $out/$name && ! -L $out/$name ]] || return 0
    done
    return 1
}

# Resumes grading, and kills it with SIGKILL as soon as it has come so far that one of
# these is there. What it has started ends with it, a moment later: then nobody holds the
# lock any more.
kill_when_there_is() { # <what, in the folder of the results>...
    local before left
    before=$(judged)
    start --resume
    until is_there "$@"; do
        kill -0 "$grading"
        sleep 0.02
    done
    kill -KILL "$grading" 2>/dev/null || true
    wait "$grading" || true
    left=$(readlink "$out/.work" || echo "$out")
    flock --wait 20 "$out/.lock" true
    wait_until nothing_of "$left"
    all_results_are_valid
    nothing_is_lost "$before"
}

@test "killed again and again and resumed: nothing lost, nothing twice, nothing left behind" {
    local left before
    kill_when_there_is .work
    kill_when_there_is 1/result.json
    kill_when_there_is .work/one/4/record/check/3 5/result.json # in the third of its checks
    left=$(readlink "$out/.work")
    [[ -d $left ]]
    kill_when_there_is scores.csv # the pages are being made
    [[ ! -e $left ]]
    before=$(judged)
    assert_equal "$(wc -l <<<"$before")" 5
    run build/bin/grade --lab 02 --jobs 1 --resume --out "$out" "$class"
    assert_success
    assert_equal "$(scores)" "$all_scores"
    nothing_is_lost "$before"
    [[ -s $out/5/index.html && ! -L $out/.work ]]
}

@test "while one grades, another one does not write to the same folder; Ctrl-C ends it at once: exit status 130" {
    local status=0 work
    start
    wait_until test -d "$out/1"
    GRADE_PATIENCE=1 run build/bin/grade --lab 02 --out "$out" "$class"
    assert_failure 1
    assert_output "grade: another grading works in $out"
    work=$(readlink "$out/.work")
    kill -INT "$grading"
    wait "$grading" || status=$?
    assert_equal $status 130
    wait_until nothing_of "$work"
    [[ ! -e $work ]]
    all_results_are_valid
}
