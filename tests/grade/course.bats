#!/usr/bin/env bats
# The course systems: what pack makes for each runs in folders laid out as the
# system's contract says, and leaves what the system reads.
load ../lib/kit

is_valid() { # <file> <schema>
    PYTHONWARNINGS=ignore /usr/bin/jsonschema -i "$1" "$2"
}

# An ordinary user's umask hides nothing from the submission's user.
prepare() {
    chmod 755 "$scratch"
}

@test "without a system or a lab: exit status 2" {
    run tools/grade/course/pack
    assert_failure 2
    run tools/grade/course/pack moodle 06
    assert_failure 2
    assert_output 'pack: usage: pack gradescope|autolab|classroom50 LAB'
}

# Packs for a system, and moves what comes out to the test's own folder.
pack() { # <system> <lab>
    make --silent "$1" LAB="${2%%-*}" >"$scratch/packed"
    mv dist/"$1-$2"* "$scratch"
}

@test "what is packed has the hidden checks of one lab, and nothing that was built" {
    pack gradescope 02-server
    assert_equal "$(cat "$scratch/packed")" "$PWD/dist/gradescope-02-server.zip"
    run bsdtar -tf "$scratch/gradescope-02-server.zip"
    assert_line setup.sh
    assert_line run_autograder
    assert_line kit/solutions/02-server/hidden.bats
    refute_line --partial 06-mutex
    refute_line --partial kit/build
    mv "$scratch/gradescope-02-server.zip" "$scratch/first.zip"
    pack gradescope 02-server
    cmp "$scratch/gradescope-02-server.zip" "$scratch/first.zip"
}

@test "all systems get the same kit" {
    mkdir "$scratch/gradescope" "$scratch/autolab"
    pack gradescope 02-server
    bsdtar -xf "$scratch/gradescope-02-server.zip" -C "$scratch/gradescope"
    pack autolab 02-server
    tar -xf "$scratch/autolab-02-server/autograde.tar" -C "$scratch/autolab"
    pack classroom50 02-server
    diff -r "$scratch/gradescope/kit" "$scratch/autolab/kit"
    diff -r "$scratch/gradescope/kit" "$scratch/classroom50-02-server/kit"
}

# That a packed kit builds is seen with Gradescope, below. For the others it has been
# built: these are the programs that are here, and no older than their sources.
has_been_built() { # <kit>
    mkdir -p "$1/build"
    cp -r build/{bin,given,interleave,canary,grade,obj} "$1/build"
    find "$1" -type f -exec touch -d "@$EPOCHSECONDS" {} +
}

# Gradescope's folders: specs of the autograder's zip. It is run with the memory
# that Gradescope gives, and on one processor.
run_autograder() { # <folder handed in>
    rm -rf "$AUTOGRADER/submission" "$AUTOGRADER/results" "$AUTOGRADER/graded"
    mkdir -p "$AUTOGRADER/submission" "$AUTOGRADER/results"
    cp "$1"/* "$AUTOGRADER/submission"
    run taskset -c 0 build/bin/guard --memory 768 -- "$AUTOGRADER/run_autograder"
}

@test "Gradescope: setup.sh, then run_autograder, in 768 MiB: results.json is there and right" {
    export AUTOGRADER=$scratch/autograder
    mkdir -p "$AUTOGRADER/source"
    pack gradescope 06-mutex
    bsdtar -xf "$scratch/gradescope-06-mutex.zip" -C "$AUTOGRADER/source"
    cp "$AUTOGRADER/source/run_autograder" "$AUTOGRADER"
    run "$AUTOGRADER/source/setup.sh"
    assert_success

    mkdir "$scratch/alice"
    cp solutions/06-mutex/seats.c "$scratch/alice"
    run_autograder "$scratch/alice"
    assert_success
    is_valid "$AUTOGRADER/results/results.json" tests/schemas/gradescope.schema.json
    jq -e '.score == 100 and all(.tests[]; .status == "passed")' "$AUTOGRADER/results/results.json"

    mkdir "$scratch/bob"
    echo '#error "not yet"' >"$scratch/bob/seats.c"
    run_autograder "$scratch/bob"
    assert_success
    jq -e '.score == 0 and (.tests | length == 9)' "$AUTOGRADER/results/results.json"

    # A grader that is broken leaves no result, and so no 0 points.
    rm "$AUTOGRADER/source/kit/build/grade/filter.bpf"
    run_autograder "$scratch/alice"
    assert_failure 1
    [[ ! -e $AUTOGRADER/results/results.json ]]
}

@test "Autolab: make, in a folder with the tar, the Makefile and the file: the scores are its last line" {
    pack autolab 02-server
    mkdir "$scratch/tango"
    mv "$scratch/autolab-02-server/autograde.tar" "$scratch/tango"
    mv "$scratch/autolab-02-server/autograde-Makefile" "$scratch/tango/Makefile"
    has_been_built "$scratch/tango/kit"
    cp labs/02-server/server.c "$scratch/tango"
    run make --no-print-directory -C "$scratch/tango"
    assert_success
    jq -e '.scores == {"General": 5, "Task 1": 0, "Task 2": 0, "Task 3": 0}' <<<"${lines[-1]}"
    jq -e '._presentation == "semantic"' <<<"${lines[-2]}"
}

@test "Classroom 50: autograder.py leaves result.json, with what the classroom said" {
    pack classroom50 02-server
    mv "$scratch/classroom50-02-server" "$scratch/grader"
    has_been_built "$scratch/grader/kit"
    mkdir "$scratch/repository"
    cp solutions/02-server/server.c "$scratch/repository"
    cd "$scratch/repository"
    CLASSROOM50_OWNER=alice CLASSROOM50_CLASSROOM=threads run "$scratch/grader/autograder.py"
    assert_success
    cd "$OLDPWD"
    is_valid "$scratch/repository/result.json" tests/schemas/classroom50.schema.json
    jq -e '.owner == "alice" and .classroom == "threads" and .score == 100' "$scratch/repository/result.json"
}

@test "GitHub Actions: the commands of the workflow print the feedback and hand on the result" {
    mkdir -p "$scratch/grader" "$scratch/submission"
    cp solutions/02-server/server.c "$scratch/submission"
    awk '/id: grade/ { found = 1 } found && /^          / { sub(/^          /, ""); print } /name: Report/ { exit }' \
        tools/grade/course/actions/grade.yml >"$scratch/step"
    [[ $(grep -c . "$scratch/step") == 4 ]]
    echo 02-server >"$scratch/LAB"
    mkdir "$scratch/grader/kit"
    cp -r --parents tools labs solutions build/{bin,given,interleave,canary,grade} "$scratch/grader/kit"
    cp "$scratch/LAB" "$scratch/grader/kit"
    cd "$scratch"
    GITHUB_OUTPUT=$scratch/output run bash -e "$scratch/step"
    cd "$OLDPWD"
    assert_success
    assert_line '100 of 100 points'
    sed -n 's/^result=//p' "$scratch/output" | base64 -d | jq -e '.status == "pass" and .max_score == 100'
}

# ---- Slurm ----

slurm() { # <environment>...
    mkdir -p "$scratch/class/alice" "$scratch/class/bob" "$scratch/out"
    cp solutions/02-server/server.c "$scratch/class/alice"
    echo '#error "not yet"' >"$scratch/class/bob/server.c"
    [[ -f $scratch/list ]] || ls -d "$scratch/class"/* >"$scratch/list"
    run env KIT="$PWD" LAB=02 LIST="$scratch/list" OUT="$scratch/out" "$@" bash tools/grade/course/slurm/grade.sbatch
}

@test "Slurm: outside of an array, or behind the end of the list: one sentence" {
    slurm
    assert_failure
    assert_output --partial 'this is a job of an array: sbatch --array'
    slurm SLURM_ARRAY_TASK_ID=3
    assert_failure 2
    assert_output "grade.sbatch: $scratch/list has no line 3"
}

@test "Slurm: the dry run says what a job would do" {
    slurm SLURM_ARRAY_TASK_ID=2 DRY_RUN=yes
    assert_success
    assert_output "$PWD/build/bin/grade --lab 02 --out $scratch/out/.job-2 --one $scratch/class/bob --format student "
    [[ -z $(ls -A "$scratch/out") ]]
}

@test "Slurm: two jobs at the same time, and then the page of both" {
    slurm SLURM_ARRAY_TASK_ID=1 DRY_RUN=yes
    env KIT="$PWD" LAB=02 LIST="$scratch/list" OUT="$scratch/out" SLURM_ARRAY_TASK_ID=2 \
        bash tools/grade/course/slurm/grade.sbatch >/dev/null 3>&- &
    slurm SLURM_ARRAY_TASK_ID=1
    wait
    assert_success
    tools/grade/page "$scratch/out"
    assert_equal "$(jq -r '"\(.name) \(.score) \(.status)"' "$scratch"/out/*/result.json)" 'alice 100 graded
bob 0 graded'
    [[ -s $scratch/out/index.html && -s $scratch/out/scores.csv ]]
}
