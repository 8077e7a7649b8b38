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

# ---- one, and the same several times ----

# A kit in which a submission gets such a result, whatever is in it.
judged() { # <status>, <points in jq, by $name>
    cp -r tools "$scratch/tools"
    mkdir -p "$scratch/grading/submissions" "$scratch/out"
    cat >"$scratch/tools/grade/one" <<END
#!/bin/sh
mkdir -p "\$GRADE_OUT/\$1"
jq -n --arg name "\$1" '($2) as \$got | {\$name, status: "$1", score: \$got, max: 5, ungraded: 0, lab: "02-server",
    title: "", checks: [{name: "a check", points: 5, \$got, status: (if \$got == 5 then "passed" else "failed" end),
    happened: "", expected: "", feedback: "", raw: [], timed_out: false, tries: 1, task: 0}]}' >"\$GRADE_OUT/\$1/result.json"
printf '%s\t0\t5\t\n' "\$1"
END
    export GRADE_WORK="$scratch/grading" GRADE_OUT="$scratch/out"
}

@test "each time is compared with the first one; a difference is exit status 1" {
    judged graded 'if $name == "time-2" then 0 else 5 end'
    run "$scratch/tools/grade/verify" "$scratch" 3 1
    assert_failure 1
    assert_line 'time-1 (<) and time-2 (>):'
    assert_line '> 0/5 failed: a check'
    refute_output --partial 'time-3 (>)'
}

@test "what could not be graded is exit status 3, once or several times" {
    judged ungraded 0
    run "$scratch/tools/grade/single" "$scratch/alice" json ''
    assert_failure 3
    run "$scratch/tools/grade/verify" "$scratch" 2 1
    assert_failure 3
    assert_line '2 times the same marks'
}

# ---- tables and pages ----

@test "no name and no reason begins a formula in a spreadsheet" {
    local sign
    for sign in = + - @; do
        jq -n --arg sign "$sign" '{name: ($sign + "1+1"), score: 0, max: 0, status: "ungraded",
            reason: ($sign + "cmd"), checks: []}' >"$scratch/result.json"
        run tools/grade/render csv "$scratch/result.json"
        assert_line --index 1 "\"'${sign}1+1\",0,0,\"ungraded\",\"'${sign}cmd\""
    done
}

@test "on the page of a submission nothing that was said is taken for HTML" {
    local said
    jq -n '"<b>said&" as $said | {name: $said, score: 0, max: 5, lab: "02-server", title: $said, ungraded: 0, reason: $said,
        started: "", seconds: 1, building: 0, sandbox: "bwrap", kit: "", submission: "", checks: [{name: $said, points: 5,
        got: 0, status: "failed", hidden: false, expected: $said, happened: $said, feedback: $said, raw: [$said], tries: 1}]}' \
        >"$scratch/result.json"
    run tools/grade/page "$scratch/result.json"
    assert_success
    refute_output --partial '<b>'
    said=$(grep -o '&lt;b&gt;said&amp;' <<<"$output" | wc -l)
    assert_equal "$said" 9 # as often as above, and in the title
}
