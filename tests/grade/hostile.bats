#!/usr/bin/env bats
# Submissions that attack the grader, the machine, or each other: tests/hostile.
# All are graded once, together with a correct one; then each test looks at what
# came out.
load ../lib/kit
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

setup_file() {
    local scratch=$BATS_FILE_TMPDIR
    start_bystander
    mkdir "$scratch/two" "$scratch/six"
    make_hostile 02-server "$scratch/two"
    make_packed "$scratch/two"
    make_hostile 06-mutex "$scratch/six"
    mkdir "$scratch/two/correct" "$scratch/six/correct"
    cp solutions/02-server/server.c "$scratch/two/correct"
    cp solutions/06-mutex/seats.c "$scratch/six/correct"
    build/bin/grade --lab 02 --out "$scratch/of-two" "$scratch/two" >"$scratch/said" 2>&1 3>&- || true
    build/bin/grade --lab 06 --out "$scratch/of-six" "$scratch/six" >>"$scratch/said" 2>&1 3>&- || true
    kill "$bystander"
}

prepare() {
    two=$BATS_FILE_TMPDIR/of-two six=$BATS_FILE_TMPDIR/of-six
}

all_deviations() {
    local file
    for file in tests/hostile/02-server/*.c; do
        deviations "$file" "$(basename "$file" .c)" "$two"
    done
    for file in tests/hostile/packed/*.bash; do
        deviations "$file" "$(basename "$file" .bash)" "$two"
    done
    for file in tests/hostile/06-mutex/*.c; do
        deviations "$file" "$(basename "$file" .c)" "$six"
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

@test "a correct submission among them gets all its points" {
    assert_equal "$(jq .score "$two/correct/result.json")" 100
    assert_equal "$(jq .score "$six/correct/result.json")" 100
}

@test "every one of them is graded" {
    run jq -r 'select(.status != "graded") | "\(.name): \(.reason)"' "$two"/*/result.json "$six"/*/result.json
    assert_output ''
}

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
