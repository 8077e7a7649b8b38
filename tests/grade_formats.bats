#!/usr/bin/env bats
# The formats in which results come out, each compared with its contract on real
# results: those of a solution, and of the starter, which fails all checks but one.
load lib/kit
load lib/labs

setup_file() {
    export alice bob
    check_all 02-server solutions/02-server
    alice=$result
    check_all 02-server labs/02-server
    bob=$result
}

are_valid() { # <schema> <file>...
    local schema=$1
    shift
    PYTHONWARNINGS=ignore /usr/bin/jsonschema "${@/#/--instance=}" "$schema"
}

render() { # <format> <result>
    tools/grade/render "$1" "$2" >"$scratch/rendered"
}

# A result in which one check was judged and the tool of another was broken.
half_graded() {
    jq '.checks[1] |= (.status = "ungraded" | .got = 0 | .happened = "no IPv6 here") | .ungraded = .checks[1].points
        | .max -= .ungraded | .score -= .ungraded' "$alice" >"$scratch/half.json"
    echo "$scratch/half.json"
}

@test "a hidden check tells a student the kind of the mistake, and not the input" {
    render student "$bob"
    run cat "$scratch/rendered"
    assert_line --partial 'the program ended: '
    assert_line --partial 'what the name of this hidden check says'
    render text "$bob"
    run cat "$scratch/rendered"
    refute_line --partial 'what the name of this hidden check says'
}

# Renders both and one that is graded in part. Each is then in $scratch/NAME.json and in
# $scratch/NAME.FORMAT.
render_all() { # <format>
    local name
    half_graded >/dev/null
    cp "$alice" "$scratch/alice.json"
    cp "$bob" "$scratch/bob.json"
    for name in alice bob half; do
        render "$1" "$scratch/$name.json"
        mv "$scratch/rendered" "$scratch/$name.$1"
    done
}

@test "Gradescope: valid, nothing hidden from the total, partial points, the output visible" {
    render_all gradescope
    are_valid tests/schemas/gradescope.schema.json "$scratch"/*.gradescope
    jq -n -e '[inputs] | all((.[0], .[2], .[4]); .score == ([.tests[].score // 0] | add)
            and all(.tests[]; .visibility == "visible"))
        and .[0].score == .[1].score and .[2].score == .[3].score and .[4].score == .[5].score' \
        "$scratch"/{alice.gradescope,alice.json,bob.gradescope,bob.json,half.gradescope,half.json}
    # What could not be graded is no failure there.
    jq -e '(.tests[1] | has("status") or has("score") | not)
        and (.output | test("15 points could not be graded"))' "$scratch/half.gradescope"
}

@test "Autolab: the last line has the scores as numbers, the one before it the feedback" {
    render autolab "$bob"
    assert_equal "$(wc -l <"$scratch/rendered")" 2
    tail -n 1 "$scratch/rendered" | jq -e '.scores == {"General": 5, "Task 1": 0, "Task 2": 0, "Task 3": 0} and .scoreboard == [5]'
    head -n 1 "$scratch/rendered" | jq -e '._presentation == "semantic" and (.stages | length == 4)
        and (. as $all | all(.stages[]; $all[.] | type == "object"))
        and (.["Task 1"] | to_entries | all(.[]; .value.passed == false and (.value.hint | type == "string")))'
    # Its parser cuts a line at "word:", so no name may have that in it.
    run jq -r '.. | objects | keys[]' "$scratch/rendered"
    refute_output --regexp '[a-z]:'
}

@test "Autolab: a task with a check that could not be graded has no score, not 0" {
    render autolab "$(half_graded)"
    tail -n 1 "$scratch/rendered" | jq -e '.scores == {"General": 5, "Task 2": 30, "Task 3": 10}'
}

@test "Classroom 50: valid, with what the classroom knows of the submission" {
    tools/grade/render classroom50 "$bob" --argjson about '{"classroom": "threads", "owner": "bob"}' >"$scratch/rendered"
    are_valid tests/schemas/classroom50.schema.json "$scratch/rendered"
    jq -e '.classroom == "threads" and .owner == "bob" and .score == 5 and .["max-score"] == 100' "$scratch/rendered"
}

@test "GitHub Actions: base64 on one line, valid, partial points" {
    local name
    render_all actions
    for name in alice bob half; do
        assert_equal "$(wc -l <"$scratch/$name.actions")" 1
        base64 -d "$scratch/$name.actions" >"$scratch/$name.decoded"
    done
    are_valid tests/schemas/actions.schema.json "$scratch"/*.decoded
    jq -n -e '[inputs] | all((.[:2], .[2:4], .[4:]); ([.[0].tests[].score] | add) == .[1].score and .[0].max_score == .[1].max)' \
        "$scratch"/{alice.decoded,alice.json,bob.decoded,bob.json,half.decoded,half.json}
}

@test "JUnit: well-formed whatever a submission prints, and its numbers are right" {
    local name
    render_all junit
    jq '.checks[1] |= (.status = "failed" | .happened = "\u0001\u001b]]>&\n<script>")' "$alice" >"$scratch/rude.json"
    render junit "$scratch/rude.json"
    mv "$scratch/rendered" "$scratch/rude.junit"
    xmllint --noout "$scratch"/*.junit
    for name in alice bob half; do
        run xmllint --xpath 'concat(count(//testcase), " ", count(//failure) - /testsuite/@failures)' "$scratch/$name.junit"
        assert_output '9 0'
    done
    assert_equal "$(xmllint --xpath 'count(//skipped)' "$scratch/half.junit")" 1
}

@test "TAP: a reader of TAP counts what passed, failed and was skipped" {
    render tap "$alice"
    run prove --exec cat "$scratch/rendered"
    assert_success
    render tap "$bob"
    run prove --exec cat "$scratch/rendered"
    assert_failure
    assert_line --partial 'Failed 8/9 subtests'
    jq '.checks[0].happened = "1..1\nok 1 - all is well\nnot ok 2" | .checks[0].status = "failed"' "$alice" >"$scratch/rude.json"
    render tap "$scratch/rude.json"
    run prove --exec cat "$scratch/rendered"
    assert_line --partial 'Failed 1/9 subtests'
}
