#!/usr/bin/env bats
# Grading: its commands, what comes out, and in which formats. The formats are
# compared with their contracts on real results.
load lib/kit

grade=build/bin/grade

# Three submissions of lab 02 are graded once: the solution, one that builds and
# fails, one that hands in nothing.
setup_file() {
    local class=$BATS_FILE_TMPDIR/class
    mkdir -p "$class/alice" "$class/bob's & <b>" "$class/carol"
    cp solutions/02-server/server.c "$class/alice"
    cat >"$class/bob's & <b>/server.c" <<'END'
#include <stdio.h>
int main(void) { fputs("<script>\033[1m", stderr); return 1; }
END
    build/bin/grade --lab 02 --out "$BATS_FILE_TMPDIR/out" "$class" >"$BATS_FILE_TMPDIR/said" 2>&1 3>&-
}

prepare() {
    out=$BATS_FILE_TMPDIR/out class=$BATS_FILE_TMPDIR/class
    alice=$out/alice/result.json bob="$out/bob%27s%20%26%20%3Cb%3E/result.json"
}

render() { # <format> <result>
    tools/grade/render "$1" "$2" >"$scratch/rendered"
}

is_valid() { # <file> <schema>
    PYTHONWARNINGS=ignore /usr/bin/jsonschema -i "$1" "$2"
}

# A result in which one check was judged and the tool of another was broken.
half_graded() {
    jq '.checks[1] |= (.status = "ungraded" | .got = 0 | .happened = "no IPv6 here") | .ungraded = .checks[1].points
        | .max -= .ungraded | .score -= .ungraded' "$alice" >"$scratch/half.json"
    echo "$scratch/half.json"
}

# ---- misuse ----

@test "without arguments it helps: exit status 2" {
    run $grade
    assert_failure 2
    assert_line --partial 'usage: grade --lab LAB'
}

@test "without a lab, or with one that does not exist: one sentence, exit status 2" {
    run $grade "$class"
    assert_failure 2
    assert_output --partial 'grade: which lab? Say --lab and one of: 01-client'
    run $grade --lab 77 "$class"
    assert_failure 2
    assert_output --partial "there is no lab '77'"
}

@test "what does not exist, or is no folder: one sentence, exit status 2" {
    run $grade --lab 02 "$scratch/nowhere"
    assert_failure 2
    assert_output "grade: there is no $scratch/nowhere"
    cd "$scratch"
    run "$OLDPWD/$grade" --lab 02 nowhere
    assert_output "grade: there is no $scratch/nowhere"
    cd "$OLDPWD"
    touch "$scratch/file"
    run $grade --lab 02 --out "$scratch/out" "$scratch/file"
    assert_failure 2
    assert_output "grade: $scratch/file is no folder; one submission is graded with --one"
}

@test "a folder without submissions: one sentence, exit status 2" {
    mkdir "$scratch/empty"
    run $grade --lab 02 --out "$scratch/out" "$scratch/empty"
    assert_failure 2
    assert_output --partial "there are no submissions in $scratch/empty"
}

@test "an option that does not exist, or has a wrong value: exit status 2" {
    run $grade --lab 02 --fast "$class"
    assert_failure 2
    assert_output "grade: what is '--fast'? (grade --help)"
    run $grade --lab 02 --jobs many "$class"
    assert_failure 2
    assert_output "grade: --jobs takes a number from 1 to 9999, not 'many' (grade --help)"
    run $grade --lab 02 --one "$class/alice" --format word
    assert_failure 2
    assert_output "grade: there is no format 'word' (grade --help)"
    run $grade --lab
    assert_failure 2
    assert_output "grade: --lab needs a value (grade --help)"
}

@test "make grade without a folder says what is missing" {
    run make --no-print-directory grade LAB=02
    assert_failure 2
    assert_line "grade: what is to be graded? (grade --help)"
}

@test "without the sandbox: one sentence and the mend, and nothing is judged" {
    mkdir "$scratch/bin"
    printf '#!/bin/sh\necho "bwrap: No permissions to create new namespace" >&2\nexit 1\n' >"$scratch/bin/bwrap"
    chmod +x "$scratch/bin/bwrap"
    sed 's#PATH=/usr/local/bin:#PATH='"$scratch/bin:#" tools/grade/enclose >"$scratch/enclose"
    cp -r tools "$scratch/tools"
    cp "$scratch/enclose" "$scratch/tools/grade/enclose"
    for part in labs solutions build; do
        ln -s "$PWD/$part" "$scratch/$part"
    done
    chmod 755 "$scratch"
    run "$scratch/tools/grade/grade" --lab 02 --out "$scratch/out" "$class"
    assert_failure 1
    assert_output --partial 'the sandbox does not work here: bwrap: No permissions to create new namespace'
    assert_output --partial '--unsafe-no-sandbox'
    [[ ! -e $scratch/out/alice ]]
}

@test "what is removed at the end is never what the caller's environment names" {
    mkdir "$scratch/mine" "$scratch/yours"
    run env scratch="$scratch/mine" GRADE_WORK="$scratch/yours" $grade --lab 02 --out "$scratch/out" "$class/carol/nothing"
    assert_failure 2
    run env scratch="$scratch/mine" GRADE_WORK="$scratch/yours" $grade --lab 02 --out "$scratch/out" "$class"
    assert_success
    [[ -d $scratch/mine && -d $scratch/yours ]]
}

# GNU parallel does, when it is killed at the wrong moment.
@test "what a program leaves in the folder for temporary files goes with the grading" {
    mkdir -p "$scratch/bin" "$scratch/tmp" "$scratch/class"
    cp -r "$class/carol" "$scratch/class"
    cat >"$scratch/bin/parallel" <<END
#!/bin/sh
touch "\${TMPDIR:-/tmp}/left"
exec $(command -v parallel) "\$@"
END
    chmod +x "$scratch/bin/parallel"
    export PATH="$scratch/bin:$PATH" TMPDIR="$scratch/tmp"
    run $grade --lab 02 --out "$scratch/out" "$scratch/class"
    assert_success
    run $grade --lab 02 --verify "$scratch/class/carol" --times 2
    assert_success
    assert_equal "$(ls -A "$scratch/tmp")" ''
}

# ---- a cohort ----

@test "each submission has a line of progress, and the last line says where it all is" {
    run cat "$BATS_FILE_TMPDIR/said"
    assert_line --index 0 --regexp '^3 of 3 submissions, [0-9]+ at a time: One customer$'
    assert_line --regexp '^[1-3]/3  alice +100/100'
    assert_line --regexp '^[1-3]/3  carol +0/100  server.c is missing'
    assert_line --regexp "^3 graded in [0-9]+ s: $out/index.html, scores.csv$"
}

@test "every result fits the schema, and none has work left in it" {
    local result
    for result in "$out"/*/result.json; do
        is_valid "$result" tools/check/result.schema.json
        jq -e '.status == "graded" and .sandbox == "bwrap" and .reason == ""' "$result"
    done
    [[ ! -e $out/.work ]]
}

@test "building is told apart, and is part of the time" {
    jq -e '.building > 0 and .building < .seconds + 1' "$alice"
}

@test "scores.csv has a row for each submission and a column for each check" {
    run cat "$out/scores.csv"
    assert_line --index 0 --partial '"name","score","max","status","reason","it builds without warnings (5)"'
    assert_line '"alice",100,100,"graded","",5,15,15,15,15,10,10,5,10'
    assert_equal "${#lines[@]}" 4
}

@test "a name that a spreadsheet would take for a formula is none" {
    jq '.name = "=1+1"' "$alice" >"$scratch/formula.json"
    run tools/grade/render csv "$scratch/formula.json"
    assert_line --index 1 --partial "\"'=1+1\",100"
}

@test "the page names everybody, links to their pages, and escapes what they say" {
    run cat "$out/index.html"
    assert_output --partial '<a href="alice/index.html">alice</a>'
    assert_output --partial '<a href="bob%2527s%2520%2526%2520%253Cb%253E/index.html">bob%27s%20%26%20%3Cb%3E</a>'
    refute_output --partial '<b>'
    run cat "$(dirname "$bob")/index.html"
    assert_output --partial '&lt;script&gt;'
    refute_output --partial '<script>?'
}

@test "the pages run one script, that of the kit, whose hash the browser checks" {
    local hash
    hash=$(sed -n '/<script>/,/<\/script>/p' "$out/index.html" | sed '1s/.*<script>//; $s/<\/script>.*//' |
        head -c -1 | openssl dgst -sha256 -binary | base64)
    run grep -c '<script' "$out/index.html"
    assert_output 1
    run grep -o "script-src '[^']*'" "$out/index.html"
    assert_output "script-src 'sha256-$hash'"
}

@test "graded again, the page says that nobody's marks have changed; or whose have" {
    cp -r "$class" "$out" "$scratch"
    run $grade --lab 02 --out "$scratch/out" "$scratch/class"
    assert_success
    run cat "$scratch/out/index.html"
    assert_output --partial "Nobody's marks have changed"
    cp solutions/02-server/server.c "$scratch/class/carol"
    run $grade --lab 02 --out "$scratch/out" "$scratch/class"
    run cat "$scratch/out/index.html"
    assert_output --partial '<td>other ones</td>'
    assert_output --partial 'it builds without warnings: 0 → 5'
}

@test "two that hand in the same, but for comments and blanks, are listed" {
    cp -r "$class" "$scratch"
    mkdir "$scratch/class/dave"
    sed 's/^    /\t/; 1i // all mine' solutions/02-server/server.c >"$scratch/class/dave/server.c"
    run $grade --lab 02 --out "$scratch/out" "$scratch/class"
    run cat "$scratch/out/index.html"
    assert_output --partial '<li><a href="alice/index.html">alice</a>, <a href="dave/index.html">dave</a></li>'
}

@test "an archive with a folder in it is a submission; its name is that of the file" {
    mkdir "$scratch/class"
    (cd "$class/alice/.." && zip -qr "$scratch/class/erin.zip" alice)
    tar -C "$class" -czf "$scratch/class/frank.tar.gz" alice
    tar -C "$class/alice" -cf "$scratch/class/grace.tar" server.c
    run $grade --lab 02 --out "$scratch/out" "$scratch/class"
    assert_success
    assert_equal "$(jq -r '"\(.name) \(.score)"' "$scratch"/out/*/result.json)" 'erin 100
frank 100
grace 100'
}

@test "the same files are built once" {
    mkdir -p "$scratch/class/erin" "$scratch/class/frank"
    cp solutions/02-server/server.c "$scratch/class/erin"
    cp solutions/02-server/server.c "$scratch/class/frank"
    run $grade --lab 02 --jobs 1 --out "$scratch/out" "$scratch/class"
    assert_success
    jq -e '.building > 0.2' "$scratch/out/erin/result.json"
    jq -e '.building < 0.2' "$scratch/out/frank/result.json"
}

@test "a broken tool costs nobody a point, and is told" {
    cp -r tools labs solutions build "$scratch"
    chmod -R go+rX "$scratch"
    printf '#!/bin/sh\necho "it fails: no such instruction"; exit 1\n' >"$scratch/tools/doctor.d/canary"
    mkdir -p "$scratch/class/alice"
    cp solutions/06-mutex/seats.c "$scratch/class/alice"
    run "$scratch/build/bin/grade" --lab 06 --out "$scratch/out" "$scratch/class"
    assert_success
    assert_line --regexp 'alice +5/5 +95 points not graded'
    run jq -r '.checks[1].happened' "$scratch/out/alice/result.json"
    assert_output 'ThreadSanitizer does not work here: it fails: no such instruction (make doctor)'
    run grep -h 'points are not graded' "$scratch/out/alice/index.html"
    assert_success
}

@test "without a sandbox: the results say so, each is judged by its own files, none of which stay" {
    local name
    touch "$scratch/began"
    cp -r "$class" "$scratch"
    run $grade --lab 02 --unsafe-no-sandbox --jobs 3 --out "$scratch/out" "$scratch/class"
    assert_success
    jq -e '.sandbox == "user" or .sandbox == "none"' "$scratch/out/alice/result.json"
    run grep -c 'Judged without a sandbox' "$scratch/out/index.html"
    assert_output 1
    for name in alice 'bob%27s%20%26%20%3Cb%3E' carol; do
        assert_equal "$name $(jq .score "$scratch/out/$name/result.json")" "$name $(jq .score "$out/$name/result.json")"
    done
    run find /tmp -maxdepth 2 \( -name submission -o -name archive \) -newer "$scratch/began"
    assert_output ''
}

# ---- one, and its formats ----

@test "one submission as text: what make check prints" {
    run $grade --lab 02 --one "$class/alice"
    assert_success
    assert_line ' pass   5/5   it builds without warnings'
    assert_line '100 of 100 points'
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

@test "what cannot be graded at all: exit status 3, and the reason" {
    cp -r tools labs solutions build "$scratch"
    chmod -R go+rX "$scratch"
    printf '#!/bin/sh\nexit 9\n' >"$scratch/tools/grade/pick"
    run "$scratch/build/bin/grade" --lab 02 --one "$class/alice" --format json
    assert_failure 3
    run jq -r '.status, .score, .reason' <<<"$output"
    assert_line --index 0 ungraded
    assert_line --index 1 0
    assert_line --index 2 --partial 'the submission could not be unpacked: exit status 9'
}

# ---- the same marks every time ----

@test "a submission that is judged several times: the same marks" {
    run $grade --lab 02 --verify "$class/alice" --times 4
    assert_success
    assert_line '4 times the same marks'
    assert_line '100 of 100 points'
}

@test "a submission that leaves it to chance: every difference is reported, exit status 1" {
    mkdir "$scratch/chance"
    sed 's/^int main.*/#include <sys\/random.h>\n&/' solutions/02-server/server.c |
        awk '{ print } /^int main/ { inside = 1 }
             inside && /^{/ { print "    unsigned char coin; if (getrandom(&coin, 1, 0) == 1 && coin % 2) return 1;"; inside = 0 }' \
            >"$scratch/chance/server.c"
    run $grade --lab 02 --verify "$scratch/chance"
    assert_failure 1
    assert_line --regexp '^time-01 \(<\) and time-[0-9]+ \(>\):$'
    assert_line --regexp '^[<>] 0/15 failed: '
}

# ---- what is there already ----

@test "results never go over what is no grading, nor to where the submissions are" {
    mkdir -p "$scratch/thesis/chapter"
    echo '{}' >"$scratch/thesis/chapter/result.json"
    run $grade --lab 02 --out "$scratch/thesis" "$class"
    assert_failure 2
    assert_output "grade: $scratch/thesis is there already and holds no grading: say --out"
    cp -r "$class" "$scratch/class"
    run $grade --lab 02 --out "$scratch/class" "$scratch/class"
    assert_failure 2
    assert_output "grade: the results cannot go to where the submissions are: $scratch/class"
    run $grade --lab 02 --out "$scratch/class/out" "$scratch/class"
    assert_failure 2
    assert_output --partial 'the results cannot go to where the submissions are'
    diff -r "$class" "$scratch/class"
    [[ -s $scratch/thesis/chapter/result.json ]]
}
