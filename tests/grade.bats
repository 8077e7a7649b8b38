#!/usr/bin/env bats
# Grading: its commands, and what comes out.
load lib/kit
load lib/graded

grade=build/bin/grade

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

# ---- one ----

@test "one submission as text: what make check prints" {
    run $grade --lab 02 --one "$class/alice"
    assert_success
    assert_line ' pass   5/5   it builds without warnings'
    assert_line '100 of 100 points'
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

# ---- what stays, and what goes ----

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
touch "\${TMPDIR:-/tmp}/left" "$scratch/came"
exec $(command -v parallel) "\$@"
END
    chmod +x "$scratch/bin/parallel"
    export PATH="$scratch/bin:$PATH" TMPDIR="$scratch/tmp"
    run $grade --lab 02 --out "$scratch/out" "$scratch/class"
    assert_success
    rm "$scratch/came"
    run $grade --lab 02 --verify "$scratch/class/carol" --times 2
    assert_success
    rm "$scratch/came"
    assert_equal "$(ls -A "$scratch/tmp")" ''
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
