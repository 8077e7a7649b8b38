#!/usr/bin/env bats
# The steps of grading, each by itself: how what was handed in is packed, unpacked and
# enclosed, and what becomes of a name in a table.
load lib/kit

# ---- archive and pick ----

# Takes server.c out of an archive on standard input, as grading does, but without the
# jail. What would climb out of the folder for it goes to places below $scratch.
pick() {
    mkdir -p "$scratch/one/two/tmp" "$scratch/files"
    TMPDIR="$scratch/one/two/tmp" run tools/grade/pick "$scratch/files" server.c
}

@test "a link in a submission stays a link, and is none of the lab's files" {
    mkdir "$scratch/submission"
    echo 'int secret;' >"$scratch/secret.c"
    ln -s "$scratch/secret.c" "$scratch/submission/server.c"
    tools/grade/archive "$scratch/submission" >"$scratch/archive"
    run tar -tvf "$scratch/archive" ./server.c
    assert_output --partial "server.c -> $scratch/secret.c"
    pick <"$scratch/archive"
    assert_output 'server.c is a link, not a file'
    run ls -A "$scratch/files"
    assert_output ''
}

@test "members of an archive that would climb out of it stay away, the others are taken" {
    local name
    mkdir "$scratch/submission"
    echo 'int x;' >"$scratch/submission/server.c"
    ln -s "$scratch" "$scratch/submission/out"
    tar -C "$scratch/submission" -cf "$scratch/archive" server.c out
    for name in ../../climbed "$scratch/whole" out/linked; do
        tar -C "$scratch/submission" -P -rf "$scratch/archive" --transform "s|^|$name-|" server.c
    done
    pick <"$scratch/archive"
    assert_output --regexp '^tokens: [0-9a-f]{16}$'
    cmp "$scratch/submission/server.c" "$scratch/files/server.c"
    run find "$scratch" -name '*-server.c'
    assert_output ''
}

# ---- enclose ----

# What the grader's own part does there, and in the jail within.
enclosed() { # <command>...
    mkdir -p "$scratch/work" "$scratch/cache"
    chmod 755 "$scratch"
    GRADE_KIT="$scratch" GRADE_CACHE="$scratch/cache" GRADE_SANDBOX=bwrap tools/grade/enclose "$scratch/work" "$@"
}

@test "enclosed, it reaches no server of this machine, and sees no process of it" {
    socat -dd TCP4-LISTEN:0,bind=127.0.0.1,fork SYSTEM:'echo hello' 2>"$scratch/socat" 3>&- &
    local bystander=$! port try="cat </dev/tcp/127.0.0.1"
    until port=$(sed -n 's/.* listening on .*:\([0-9]*\)$/\1/p' "$scratch/socat" | grep .); do sleep 0.02; done
    run bash -c "$try/$port"
    assert_output hello
    run enclosed bash -c "$try/$port"
    refute_output --partial hello
    assert_failure
    run enclosed bash -c "ps -p $bystander || kill -0 $bystander"
    assert_failure
    kill "$bystander"
}

@test "enclosed, it can write to its folder and to the cache, and nowhere else" {
    run enclosed bash -c "echo x >$scratch/work/file && echo x >>$scratch/cache/file; echo x >$scratch/file"
    assert_failure
    [[ -s $scratch/work/file && ! -e $scratch/file ]]
}

# ---- tables ----

@test "no name and no reason begins a formula in a spreadsheet" {
    local sign
    for sign in = + - @; do
        jq -n --arg sign "$sign" '{name: ($sign + "1+1"), score: 0, max: 0, status: "ungraded",
            reason: ($sign + "cmd"), checks: []}' >"$scratch/result.json"
        run tools/grade/render csv "$scratch/result.json"
        assert_line --index 1 "\"'${sign}1+1\",0,0,\"ungraded\",\"'${sign}cmd\""
    done
}
