#!/usr/bin/env bats
# Two cohorts, of lab 02 and of lab 06, under names that say nothing. Most of them
# attack the grader, the machine, or each other: tests/hostile. With them come a
# solution, a starter, and one that is slow to begin. All are graded once; then each
# test looks at what came out.
# takes 260 s
load ../lib/kit
load ../lib/labs
load ../lib/hostile

# A server of this machine that no submission may reach.
start_bystander() {
    socat -dd TCP4-LISTEN:0,bind=127.0.0.1,fork SYSTEM:'echo hello' 2>"$BATS_FILE_TMPDIR/bystander" 3>&- &
    bystander=$!
    local i
    for i in {1..100}; do
        host_port=$(sed -n 's/.* listening on .*:\([0-9]*\)$/\1/p' "$BATS_FILE_TMPDIR/bystander")
        if [[ -n $host_port ]]; then
            # It can be reached from here: so much for the test below.
            read -r <"/dev/tcp/127.0.0.1/$host_port"
            return
        fi
        sleep 0.05
    done
    return 1
}

# The solution of lab 02. In three of its checks, in which it is given a port or short
# reads, it begins later than the first try waits.
make_slow() { # <folder>
    mkdir "$1"
    {
        printf '#include <%s>\n' stdlib.h string.h unistd.h
        awk '{ print } /^int main/ { inside = 1 }
             inside && /^{/ { print "    if (getenv(\"FAULTS\") != NULL || strcmp(argv[1], \"0\") != 0) sleep(5);"; inside = 0 }' \
            solutions/02-server/server.c
    } >"$1/server.c"
}

grade() { # <lab> <cohort> <variable>...
    env "${@:3}" build/bin/grade --lab "$1" --out "$BATS_FILE_TMPDIR/of-$2" "$BATS_FILE_TMPDIR/$2" \
        >"$BATS_FILE_TMPDIR/$2.said" 2>&1 3>&- || true
}

setup_file() {
    local scratch=$BATS_FILE_TMPDIR lab
    start_bystander
    mkdir "$scratch/two" "$scratch/six"
    make_hostile 02-server "$scratch/two"
    make_packed "$scratch/two"
    make_hostile 06-mutex "$scratch/six"
    for lab in 02-server/two 06-mutex/six; do
        copy_solution "${lab%/*}" "$scratch/${lab#*/}/solution"
        copy_starter "${lab%/*}" "$scratch/${lab#*/}/starter"
    done
    make_slow "$scratch/two/slow"
    shuffle "$scratch/two" >"$scratch/two.names"
    shuffle "$scratch/six" >"$scratch/six.names"
    # As much memory as the course systems let it have: what takes it all has it sooner.
    grade 02 two CHECK_MEMORY=512
    grade 06 six
    kill "$bystander"
}

prepare() {
    two=$BATS_FILE_TMPDIR/of-two six=$BATS_FILE_TMPDIR/of-six
}

# The folder with the result of one of a cohort.
result_of() { # <cohort> <name that it had before>
    echo "$BATS_FILE_TMPDIR/of-$1/$(sed -n "s/ $2\$//p" "$BATS_FILE_TMPDIR/$1.names")"
}

score_of() { # <cohort> <name>
    jq .score "$(result_of "$1" "$2")/result.json"
}

all_deviations() {
    local file
    for file in tests/hostile/02-server/*.c tests/hostile/packed/*.bash; do
        deviations "$file" "$(result_of two "$(basename "${file%.*}")")"
    done
    for file in tests/hostile/06-mutex/*.c; do
        deviations "$file" "$(result_of six "$(basename "$file" .c)")"
    done
}

@test "every file says what it tries and what must happen, and there are at least 30" {
    local file count=0
    for file in tests/hostile/*/*; do
        [[ -n $(word "$file" tries) && $(word "$file" score) =~ ^[0-9]+$ ]]
        ((++count))
    done
    ((count >= 30))
}

@test "no hostile submission gains a point, and each is told what is wrong with it" {
    run all_deviations
    assert_output ''
}

@test "a solution among them gets all its points, a starter those that it should" {
    assert_equal "$(score_of two solution) $(score_of two starter)" '100 5'
    assert_equal "$(score_of six solution) $(score_of six starter)" '100 5'
}

@test "every one of them is graded, and said so one after the other" {
    local cohort count
    run jq -r 'select(.status != "graded") | "\(.name): \(.reason)"' "$two"/*/result.json "$six"/*/result.json
    assert_output ''
    for cohort in two six; do
        count=$(wc -l <"$BATS_FILE_TMPDIR/$cohort.names")
        assert_equal "$(grep -cE "^ *[0-9]+/$count " "$BATS_FILE_TMPDIR/$cohort.said")" "$count"
        assert_equal "$(awk 'NR > 1' "$BATS_FILE_TMPDIR/of-$cohort/joblog" | grep -vc -- --again)" "$count"
    done
}

@test "with the same marks once more, the page says that nobody's have changed" {
    local name
    mkdir "$scratch/out"
    for name in solution starter closes-every-descriptor; do
        cp -r "$(result_of six $name)" "$scratch/out"
    done
    cat "$scratch/out"/*/result.json >"$scratch/out/.previous"
    tools/grade/page "$scratch/out"
    run cat "$scratch/out/index.html"
    assert_output --partial "Nobody's marks have changed"
}

# ---- what took too long is run once more, alone, before it counts ----

@test "what never ends is tried twice, and fails; the rest stays as it was" {
    local place
    place=$(result_of two endless-loop)
    run cat "$BATS_FILE_TMPDIR/two.said"
    assert_line 'once more, one at a time, what took too long:'
    run jq -r '[.checks[] | select(.timed_out) | .tries] | unique | @csv' "$place/result.json"
    assert_output 2
    # The warning is no matter of time.
    run jq -r '.checks[0] | "\(.tries) \(.raw[0])"' "$place/result.json"
    assert_output '1 raw/plain.complaints'
    [[ -s $place/raw/plain.complaints ]]
    run cat "$place/index.html"
    assert_output --partial '2: it took too long, and was run again, alone'
}

@test "who is only slow to begin, more than the first try waits, loses nothing" {
    assert_equal "$(score_of two slow)" 100
    run jq -r '[.checks[].tries] | unique | @csv' "$(result_of two slow)/result.json"
    assert_output '1,2'
}

# ---- what they leave behind ----

@test "none of them reached the machine's own network" {
    run grep -c 'accepting connection' "$BATS_FILE_TMPDIR/bystander"
    assert_output 1 # the test's own
}

@test "none of them has written anything outside of its sandbox" {
    run find /tmp /dev/shm /var/tmp -maxdepth 2 \( -name 'climbed*' -o -name 'file-[0-9]*' \) -newer "$BATS_FILE_TMPDIR/bystander"
    assert_output ''
    [[ ! -e climbed ]]
}

@test "none of them has left more on the disk than a few megabytes" {
    local size
    size=$(du -sm "$two" "$six" | awk '{ sum += $1 } END { print sum }')
    ((size < 50)) || { echo "$size MiB" && return 1; }
}
