#!/usr/bin/env bats
# Grading: its commands, and what comes out.
load lib/kit

grade=build/bin/grade

# A class of lab 02 that is graded once, one after the other: the solution, one that
# builds and fails, one that hands in nothing; and a file in which the assembler finds a
# mistake, in two kinds of archive, and with other blanks in a third one.
setup_file() {
    local folder=$BATS_FILE_TMPDIR
    make_class "$folder/class"
    add_archives "$folder/class"
    $grade --lab 02 --jobs 1 --out "$folder/out" "$folder/class" >"$folder/said" 2>&1 3>&-
    grade_again
    # A copy of the kit, parts of which are to be broken.
    mkdir "$folder/kit"
    cp -r --parents tools labs solutions/02-server solutions/06-mutex build/{bin,given,interleave,canary,grade} "$folder/kit"
}

make_class() { # <folder>
    mkdir -p "$1/alice" "$1/bob's & <b>" "$1/carol"
    cp solutions/02-server/server.c "$1/alice"
    cat >"$1/bob's & <b>/server.c" <<'END'
#include <stdio.h>
int main(void) { fputs("<script>\033[1m", stderr); return 1; }
END
}

add_archives() { # <folder>
    local alike=$BATS_FILE_TMPDIR/alike other=$BATS_FILE_TMPDIR/other
    mkdir "$alike" "$other"
    printf 'int main(void)\n{\n    return 0;\n}\n__asm__(".mistake");\n' >"$alike/server.c"
    sed 's/^    /\t/; 1i // all mine' "$alike/server.c" >"$other/server.c"
    (cd "$BATS_FILE_TMPDIR" && zip -qr "$1/erin.zip" alike)
    tar -C "$BATS_FILE_TMPDIR" -czf "$1/frank.tar.gz" alike
    tar -C "$other" -cf "$1/grace.tar" server.c
}

# Carol alone, who hands in nothing again, in an untidy place: GNU parallel leaves a file
# behind when it is killed at the wrong moment (here it does each time), and the
# environment names folders of the caller's.
grade_again() {
    local folder=$BATS_FILE_TMPDIR
    mkdir -p "$folder/again/carol" "$folder/bin" "$folder/tmp" "$folder/mine" "$folder/yours"
    cp -r "$folder/out" "$folder/again-out"
    printf '#!/bin/sh\ntouch "${TMPDIR:-/tmp}/left" "%s"\nexec %s "$@"\n' "$folder/came" "$(command -v parallel)" \
        >"$folder/bin/parallel"
    chmod +x "$folder/bin/parallel"
    untidy $grade --lab 02 --out "$folder/again-out" "$folder/again" >/dev/null 2>&1 3>&-
}

untidy() { # <command>...
    local folder=$BATS_FILE_TMPDIR
    env PATH="$folder/bin:$PATH" TMPDIR="$folder/tmp" scratch="$folder/mine" GRADE_WORK="$folder/yours" "$@"
}

prepare() {
    out=$BATS_FILE_TMPDIR/out class=$BATS_FILE_TMPDIR/class again_out=$BATS_FILE_TMPDIR/again-out
    alice=$out/alice/result.json bob="$out/bob%27s%20%26%20%3Cb%3E/result.json"
    kit=$BATS_FILE_TMPDIR/kit broken=''
}

clean_up() {
    [[ -z $broken ]] || mv "$scratch/whole" "$kit/$broken"
}

# Puts a script in the place of one of the kit's copy, for this test.
break_kit() { # <file> <script>
    broken=$1
    mv "$kit/$1" "$scratch/whole"
    printf '%s\n' "$2" >"$kit/$1"
    chmod +x "$kit/$1"
}

are_valid() { # <result>...
    PYTHONWARNINGS=ignore /usr/bin/jsonschema "${@/#/--instance=}" tools/check/result.schema.json
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

# What make would build before it is no matter here.
@test "make grade without a folder says what is missing" {
    run make --no-print-directory --old-file grade-tools grade LAB=02
    assert_failure 2
    assert_line "grade: what is to be graded? (grade --help)"
}

@test "without the sandbox: one sentence and the mend, and nothing is judged" {
    mkdir "$scratch/bin"
    printf '#!/bin/sh\necho "bwrap: No permissions to create new namespace" >&2\nexit 1\n' >"$scratch/bin/bwrap"
    chmod +x "$scratch/bin/bwrap"
    chmod 755 "$scratch"
    break_kit tools/grade/enclose "$(sed 's#PATH=/usr/local/bin:#PATH='"$scratch/bin:#" tools/grade/enclose)"
    run "$kit/tools/grade/grade" --lab 02 --out "$scratch/out" "$class"
    assert_failure 1
    assert_output --partial 'the sandbox does not work here: bwrap: No permissions to create new namespace'
    assert_output --partial '--unsafe-no-sandbox'
    [[ ! -e $scratch/out/alice ]]
}

# ---- a cohort ----

@test "each submission has a line of progress, and the last line says where it all is" {
    run cat "$BATS_FILE_TMPDIR/said"
    assert_line --index 0 '6 of 6 submissions, 1 at a time: One customer'
    assert_line --regexp '^[1-6]/6  alice +100/100'
    assert_line --regexp '^[1-6]/6  carol +0/100  server.c is missing'
    assert_line --regexp "^6 graded in [0-9]+ s: $out/index.html, scores.csv$"
}

@test "every result fits the schema, and none has work left in it" {
    are_valid "$out"/*/result.json
    run jq -s 'map(.status == "graded" and .sandbox == "bwrap" and .reason == "") | all, length' "$out"/*/result.json
    assert_output $'true\n6'
    [[ ! -e $out/.work ]]
}

@test "building is told apart, and is part of the time" {
    jq -e '.building > 0 and .building < .seconds + 1' "$alice"
}

@test "scores.csv has a row for each submission and a column for each check" {
    run cat "$out/scores.csv"
    assert_line --index 0 --partial '"name","score","max","status","reason","it builds without warnings (5)"'
    assert_line '"alice",100,100,"graded","",5,15,15,15,15,10,10,5,10'
    assert_equal "${#lines[@]}" 7
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
    run cat "$again_out/index.html"
    assert_output --partial "Nobody's marks have changed"
    mkdir "$scratch/out"
    cp -r "$(dirname "$bob")" "$scratch/out"
    jq '.submission = "0000000000000000" | .score = 0 | .checks[0].got = 0' "$bob" >"$scratch/out/.previous"
    tools/grade/page "$scratch/out"
    run cat "$scratch/out/index.html"
    assert_output --partial '<td>other ones</td>'
    assert_output --partial 'it builds without warnings: 0 → 5'
}

@test "those that hand in the same, but for comments and blanks, are listed" {
    run grep '^<li>' "$out/index.html"
    assert_output '<li><a href="erin/index.html">erin</a>, <a href="frank/index.html">frank</a>, <a href="grace/index.html">grace</a></li>'
}

@test "an archive with a folder in it is a submission; its name is that of the file" {
    run jq -r 'select(.checks[0].happened != "") | "\(.name): \(.checks[0].happened)"' "$out"/*/result.json
    assert_output 'carol: server.c is missing
erin: it does not
frank: it does not
grace: it does not'
}

# The compiler names a file of its own in what it says, another one each time.
@test "the same files are built once" {
    local said=raw/plain.complaints
    grep -q '\.s:[0-9]*: Error: ' "$out/erin/$said"
    cmp "$out/erin/$said" "$out/frank/$said"
    run cmp "$out/erin/$said" "$out/grace/$said"
    assert_failure 1
}

@test "a broken tool costs nobody a point, and is told" {
    break_kit tools/doctor.d/canary '#!/bin/sh
        echo "it fails: no such instruction"; exit 1'
    mkdir -p "$scratch/class/alice"
    cp solutions/06-mutex/seats.c "$scratch/class/alice"
    run "$kit/build/bin/grade" --lab 06 --out "$scratch/out" "$scratch/class"
    assert_success
    assert_line --regexp 'alice +5/5 +95 points not graded'
    run jq -r '.checks[1].happened' "$scratch/out/alice/result.json"
    assert_output 'ThreadSanitizer does not work here: it fails: no such instruction (make doctor)'
    run grep -h 'points are not graded' "$scratch/out/alice/index.html"
    assert_success
}

# That a solution gets its points there, too, is in tests/long/verify.bats.
@test "without a sandbox: the results say so, each is judged by its own files, none of which stay" {
    local owner=()
    # Root judges each as a user of its own, whose files are no other test's.
    ((EUID != 0)) || owner=(-uid +63999)
    touch "$scratch/began"
    chmod 755 "$scratch"
    mkdir "$scratch/tmp"
    export TMPDIR="$scratch/tmp"
    mkdir "$scratch/class"
    cp -r "$class/bob's & <b>" "$class/erin.zip" "$scratch/class"
    run $grade --lab 02 --unsafe-no-sandbox --jobs 3 --out "$scratch/out" "$scratch/class"
    assert_success
    run jq -r '"\(.name) \(.score) \(.sandbox | IN("user", "none"))"' "$scratch"/out/*/result.json
    assert_output $'bob%27s%20%26%20%3Cb%3E 5 true\nerin 0 true'
    run grep -c 'Judged without a sandbox' "$scratch/out/index.html"
    assert_output 1
    assert_equal "$(ls -A "$scratch/tmp")" ''
    run find /tmp -maxdepth 2 "${owner[@]}" \( -name submission -o -name archive \) -newer "$scratch/began"
    assert_output ''
}

# ---- one ----

@test "one submission as text: what make check prints" {
    run $grade --lab 02 --one "$class/erin.zip"
    assert_success
    assert_line ' FAIL   0/5   it builds without warnings'
    assert_line '0 of 100 points'
}

@test "what cannot be graded at all: exit status 3, and the reason" {
    break_kit tools/grade/pick '#!/bin/sh
        exit 9'
    run "$kit/build/bin/grade" --lab 02 --one "$class/alice" --format json
    assert_failure 3
    run jq -r '.status, .score, .reason' <<<"$output"
    assert_line --index 0 ungraded
    assert_line --index 1 0
    assert_line --index 2 --partial 'the submission could not be unpacked: exit status 9'
}

# ---- the same marks every time ----

# What is judged is told here: alice's result, or one in which a check has failed. How it
# goes with a submission that leaves it to chance is in tests/long.
@test "judged several times: every difference is reported, exit status 1" {
    break_kit tools/grade/one '#!/bin/bash
        mkdir "$GRADE_OUT/$1"
        [[ $1 != time-2 ]] || failed=".checks[1] |= (.status = \"failed\" | .got = 0)"
        jq "${failed:-.}" '"$alice"' >"$GRADE_OUT/$1/result.json"
        printf "%s\t100\t100\t\n" "$1"'
    run "$kit/build/bin/grade" --lab 02 --verify "$class/alice" --times 3
    assert_failure 1
    assert_line --index 3 'time-1 (<) and time-2 (>):'
    assert_line --index 4 '< 15/15 passed: a client books a seat over IPv6'
    assert_line --index 5 '> 0/15 failed: a client books a seat over IPv6'
    assert_equal "${#lines[@]}" 6
}

# ---- what stays, and what goes ----

@test "what a program leaves for temporary files goes with the grading, and nothing that the caller's environment names" {
    local folder=$BATS_FILE_TMPDIR
    [[ -s $again_out/carol/result.json ]]
    rm "$folder/came"
    run untidy $grade --lab 02 --out "$scratch/out" "$class/carol/nothing"
    assert_failure 2
    run untidy $grade --lab 02 --verify "$class/carol" --times 2
    assert_success
    assert_line '2 times the same marks'
    assert_line '0 of 100 points'
    rm "$folder/came"
    assert_equal "$(ls -A "$folder/tmp")" ''
    [[ -d $folder/mine && -d $folder/yours ]]
}

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
