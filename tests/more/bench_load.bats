#!/usr/bin/env bats
# The load bench, small: what it measures is no matter here, but that it says all of it.
load ../lib/kit

# The servers that were measured, by their full names.
measured() {
    sed -n 's/^| clients | \(.*\) |$/\1/p' "$scratch/out/load.md" | head -n 1 | sed 's/ | /\n/g'
}

@test "a picture, tables and the raw figures; what is not there is named; no file is left" {
    local server
    mkdir "$scratch/tmp"
    TMPDIR="$scratch/tmp" run tests/bench/load --quick --to "$scratch/out"
    assert_success
    [[ -z $(ls -A "$scratch/tmp") ]]
    refute_line --regexp '^.{81}'
    xmllint --noout "$scratch/out/load.svg"
    for server in '03 iterative' '06 threads' '08 seat locks' '09 pool' '10 watch' epoll; do
        measured | grep -qx "$server"
    done
    measured | grep -qx redis || assert_line 'redis: skipped, redis-server is not installed.'
    while IFS= read -r server; do
        grep -q "$server" "$scratch/out/load.svg"
        grep -q "^  $server" <<<"$output"
    done < <(measured)
    # A row for each number of clients in each of the five tables, and one for each
    # number of silent ones.
    assert_equal "$(grep -oE '^\| [0-9]+' "$scratch/out/load.md" | sort | uniq -c | awk '{ print $3, $1 }' | paste -sd ,)" \
        '0 1,1 6,10 5,100 5,4 1'
    assert_equal "$(sed 1d "$scratch/out/load.csv" | grep -c '"epoll"')" 5
    # One silent client, and the iterative server serves nobody else.
    assert_line --regexp '^- 03 iterative, 10 clients and 1 silent: 4000 of 4000 requests lost'
    refute_line --partial 'not linearizable'
}
