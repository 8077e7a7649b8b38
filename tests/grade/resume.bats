#!/usr/bin/env bats
# A grading that is killed goes on where it was.
load ../lib/kit
load ../lib/clients

# Twelve submissions of lab 02, one out of four does not build.
prepare() {
    local i
    out="$scratch/out" class="$scratch/class"
    for i in {01..12}; do
        mkdir -p "$class/$i"
        cp solutions/02-server/server.c "$class/$i"
        ((10#$i % 4 != 0)) || echo 'int main(void) { return x; }' >"$class/$i/server.c"
    done
}

expected() {
    local i
    for i in {01..12}; do
        echo "$i $((10#$i % 4 == 0 ? 0 : 100)) graded"
    done
}

# Name and moment of what has been judged to its end.
judged() {
    jq -r 'select(.checks != [] and all(.checks[]; .status != "skipped")) | "\(.name) \(.started)"' \
        "$out"/*/result.json 2>/dev/null || true
}

all_results_are_valid() {
    local result
    for result in "$out"/*/result.json; do
        [[ -f $result ]] || continue
        PYTHONWARNINGS=ignore /usr/bin/jsonschema -i "$result" tools/check/result.schema.json
    done
}

# Starts grading and kills it with SIGKILL after some tenths of a second. What it has
# started ends with it, a moment later: then nobody holds the lock any more.
kill_after() { # <tenths>
    build/bin/grade --lab 02 --jobs 2 --resume --out "$out" "$class" >/dev/null 2>&1 3>&- &
    local grading=$!
    sleep $(($1 / 10)).$(($1 % 10))
    kill -KILL "$grading" 2>/dev/null || true
    wait "$grading" 2>/dev/null || true
    flock --wait 20 "$out/.lock" true
}

nothing_of() { # <folder>
    ! pgrep -f -- "$1" >/dev/null
}

@test "killed at a random moment and resumed, 10 times: nothing lost, nothing twice" {
    local i before RANDOM=${SEED:-4711}
    for i in {1..10}; do
        before=$(judged)
        kill_after $((5 + RANDOM % 30))
        all_results_are_valid
        # What had been judged is there, and was not judged again.
        [[ -z $before ]] || assert_equal "$(judged | grep -cxF -f <(echo "$before"))" "$(wc -l <<<"$before")"
    done
    run build/bin/grade --lab 02 --jobs 2 --resume --out "$out" "$class"
    assert_success
    assert_equal "$(jq -r '"\(.name) \(.score) \(.status)"' "$out"/*/result.json)" "$(expected)"
    [[ -z $before ]] || assert_equal "$(judged | grep -cxF -f <(echo "$before"))" "$(wc -l <<<"$before")"
}

@test "what is killed leaves no process behind, and no folder after the next run" {
    local left
    kill_after 25
    left=$(readlink "$out/.work")
    wait_until nothing_of "$left"
    run build/bin/grade --lab 02 --jobs 2 --resume --out "$out" "$class"
    assert_success
    [[ ! -e $left && ! -e $out/.work ]]
}

@test "Ctrl-C ends it at once: exit status 130, no process, no folder" {
    # What a shell starts in the background ignores the signal, unless told otherwise.
    env --default-signal=INT build/bin/grade --lab 02 --jobs 2 --out "$out" "$class" >/dev/null 2>&1 3>&- &
    local grading=$! status=0 work
    wait_until test -d "$out/01"
    work=$(readlink "$out/.work")
    kill -INT "$grading"
    wait "$grading" || status=$?
    assert_equal $status 130
    wait_until nothing_of "$work"
    [[ ! -e $work ]]
    all_results_are_valid
}

@test "while one grades, another one does not write to the same folder" {
    build/bin/grade --lab 02 --out "$out" "$class" >/dev/null 2>&1 3>&- &
    local grading=$!
    wait_until test -d "$out/01"
    GRADE_PATIENCE=1 run build/bin/grade --lab 02 --out "$out" "$class"
    assert_failure 1
    assert_output "grade: another grading works in $out"
    wait "$grading"
}
