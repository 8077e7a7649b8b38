#!/usr/bin/env bats
# A cohort of 60 submissions of lab 06: solutions, starters, wrong fixes, hostile
# ones, under names that say nothing, in random order. It is graded twice, the
# second time on a machine whose processors are all busy.
load ../lib/kit
load ../lib/labs
load ../lib/hostile
load ../lib/repeat

lab=06-mutex

# The points that a wrong fix leaves: all but those of the checks that it names.
points_left() { # <patch>
    caught_by "$1" >"$BATS_FILE_TMPDIR/caught"
    tools/check/run --plan $lab --hidden |
        jq -r '"\(.points)\t\(.name)"' |
        awk -F '\t' -v caught="$BATS_FILE_TMPDIR/caught" '
            BEGIN { while ((getline name < caught) > 0) lost[name] = 1 }
            !($2 in lost) { left += $1 } END { print left }'
}

# Puts a submission into the cohort, under the next of the shuffled names, and
# notes what it must get.
add() { # <file> <points>
    local name=${shuffled[count++]}
    mkdir -p "$class/$name"
    cp "$1" "$class/$name/seats.c"
    echo "$name $2" >>"$BATS_FILE_TMPDIR/expected"
}

make_cohort() {
    local file patch i scratch=$BATS_FILE_TMPDIR
    count=0 class=$BATS_FILE_TMPDIR/class
    mapfile -t shuffled < <(seq -w 60 | shuf --random-source=<(yes))
    make_hostile $lab "$scratch/hostile"
    for file in "tests/hostile/$lab"/*.c; do
        add "$scratch/hostile/$(basename "$file" .c)/seats.c" "$(word "$file" score)"
    done
    for patch in "solutions/$lab/wrong"/*.patch; do
        make_wrong_fix $lab "$patch" "$scratch/wrong/$(basename "$patch")"
        add "$scratch/wrong/$(basename "$patch")/seats.c" "$(points_left "$patch")"
    done
    for ((i = 0; i < 12; i++)); do
        { cat labs/$lab/seats.c && echo "// student $i"; } >"$scratch/seats.c"
        add "$scratch/seats.c" 5
    done
    while ((count < 60)); do
        { cat solutions/$lab/seats.c && echo "// student $count"; } >"$scratch/seats.c"
        add "$scratch/seats.c" 100
    done
}

grade() { # <folder of results>
    build/bin/grade --lab 06 --out "$BATS_FILE_TMPDIR/$1" "$BATS_FILE_TMPDIR/class" >"$BATS_FILE_TMPDIR/$1.said" 2>&1 3>&-
}

setup_file() {
    make_cohort
    grade idle || true
    load_up
    grade busy || true
    lighten
}

scores() { # <folder of results>
    jq -r '"\(.name) \(.score)"' "$BATS_FILE_TMPDIR/$1"/*/result.json | sort
}

marks_of() { # <folder of results>
    jq -r '.name as $name | .checks[] | "\($name): \(.got)/\(.points) \(.status) \(.name)"' "$BATS_FILE_TMPDIR/$1"/*/result.json
}

@test "each of 60 submissions gets the points that it should" {
    diff <(sort "$BATS_FILE_TMPDIR/expected") <(scores idle)
}

@test "all were graded, and said so one after the other" {
    assert_equal "$(grep -cE '^ *[0-9]+/60 ' "$BATS_FILE_TMPDIR/idle.said")" 60
    assert_equal "$(awk 'NR > 1' "$BATS_FILE_TMPDIR/idle/joblog" | grep -vc -- '--again')" 60
}

# What happened in a submission's checks that lost points, to see why they once did.
what_happened() { # <folder of results> <submission>
    echo "$1, $2:"
    jq -r '.checks[] | select(.got < .points) | "  \(.name): expected \(.expected); \(.happened) \(.feedback // "")"' \
        "$BATS_FILE_TMPDIR/$1/$2/result.json"
}

@test "graded once more, on a busy machine: the same marks for each check" {
    local name changed=0
    marks_of idle >"$scratch/idle"
    marks_of busy >"$scratch/busy"
    for name in $(seq -w 60); do
        diff <(grep "^$name:" "$scratch/idle") <(grep "^$name:" "$scratch/busy") && continue
        changed=1
        what_happened idle "$name"
        what_happened busy "$name"
    done
    ((changed == 0))
}

@test "nobody's marks have changed, says the page of the second one" {
    cp -r "$BATS_FILE_TMPDIR/busy" "$scratch/out"
    cat "$BATS_FILE_TMPDIR/idle"/*/result.json >"$scratch/out/.previous"
    tools/grade/page "$scratch/out"
    run cat "$scratch/out/index.html"
    assert_output --partial "Nobody's marks have changed"
}
