#!/usr/bin/env bats
# The formats in which results come out, each compared with its contract on real
# results.
load lib/kit
load lib/graded

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

@test "Gradescope: valid, nothing hidden from the total, partial points, the output visible" {
    local result
    for result in "$alice" "$bob" "$(half_graded)"; do
        render gradescope "$result"
        is_valid "$scratch/rendered" tests/schemas/gradescope.schema.json
        jq -e --slurpfile of "$result" '.score == $of[0].score and .score == ([.tests[].score // 0] | add)
            and all(.tests[]; .visibility == "visible")' "$scratch/rendered"
    done
    # What could not be graded is no failure there.
    jq -e '.tests[1] | has("status") or has("score") | not' "$scratch/rendered"
    jq -e '.output | test("15 points could not be graded")' "$scratch/rendered"
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
    is_valid "$scratch/rendered" tests/schemas/classroom50.schema.json
    jq -e '.classroom == "threads" and .owner == "bob" and .score == 5 and .["max-score"] == 100' "$scratch/rendered"
}

@test "GitHub Actions: base64, valid, partial points" {
    local result
    for result in "$alice" "$bob" "$(half_graded)"; do
        render actions "$result"
        base64 -d "$scratch/rendered" >"$scratch/decoded"
        is_valid "$scratch/decoded" tests/schemas/actions.schema.json
        jq -e --slurpfile of "$result" '([.tests[].score] | add) == $of[0].score and .max_score == $of[0].max' "$scratch/decoded"
    done
    assert_equal "$(wc -l <"$scratch/rendered")" 1
}

@test "JUnit: well-formed whatever a submission prints, and its numbers are right" {
    local result
    for result in "$alice" "$bob" "$(half_graded)"; do
        render junit "$result"
        xmllint --noout "$scratch/rendered"
        assert_equal "$(xmllint --xpath 'count(//testcase)' "$scratch/rendered")" 9
        assert_equal "$(xmllint --xpath 'string(/testsuite/@failures)' "$scratch/rendered")" \
            "$(xmllint --xpath 'count(//failure)' "$scratch/rendered")"
    done
    assert_equal "$(xmllint --xpath 'count(//skipped)' "$scratch/rendered")" 1
    jq '.checks[1] |= (.status = "failed" | .happened = "\u0001\u001b]]>&\n<")' "$alice" >"$scratch/rude.json"
    render junit "$scratch/rude.json"
    xmllint --noout "$scratch/rendered"
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
