#!/usr/bin/env bats
# result.json says what was checked, with what, and what came out.
load lib/kit
load lib/labs

is_valid() { # <file>
    PYTHONWARNINGS=ignore /usr/bin/jsonschema -i "$1" tools/check/result.schema.json
}

about() { # <directory> <field>
    tools/check/about 02-server "$1" | jq -rs "add.$2"
}

@test "without a lab or its folder: exit status 2" {
    run tools/check/about 02-server
    assert_failure 2
    run tools/check/about 02-server "$scratch/nothing"
    assert_failure 2
}

@test "a solution, a starter, and what does not compile: all have valid results" {
    mkdir "$scratch/broken"
    echo 'int main(void) { return x; }' >"$scratch/broken/server.c"
    local from
    for from in solutions/02-server labs/02-server "$scratch/broken"; do
        check_all 02-server "$from"
        is_valid "$result"
        jq -e '([.checks[] | .got <= .points] | all) and .score == ([.checks[].got] | add)' "$result"
    done
}

@test "a result with what the schema does not know, or without what it wants, is not valid" {
    check_all 02-server labs/02-server
    jq '. + {verdict: "good"}' "$result" >"$scratch/more"
    run is_valid "$scratch/more"
    assert_failure
    jq 'del(.checks[0].hidden)' "$result" >"$scratch/less"
    run is_valid "$scratch/less"
    assert_failure
}

@test "the same files have the same hash wherever they lie; a changed one has another" {
    cp -r solutions/02-server "$scratch/copy"
    assert_equal "$(about "$scratch/copy" submission)" "$(about solutions/02-server submission)"
    echo notes >"$scratch/copy/notes.txt" # no file that the lab asks for
    assert_equal "$(about "$scratch/copy" submission)" "$(about solutions/02-server submission)"
    echo >>"$scratch/copy/server.c"
    [[ $(about "$scratch/copy" submission) != "$(about solutions/02-server submission)" ]]
}

@test "the kit's hash changes with a check, visible or hidden, with given code and with a tool" {
    local before after file
    mkdir "$scratch/kit"
    cp -r --parents Makefile tools labs/common labs/02-server solutions/02-server "$scratch/kit"
    before=$("$scratch/kit/tools/check/about" 02-server solutions/02-server | jq -rs add.kit)
    assert_equal "$before" "$(about solutions/02-server kit)"
    for file in labs/02-server/check.bats solutions/02-server/hidden.bats labs/common/line.c tools/check/inspect; do
        echo '# another one' >>"$scratch/kit/$file"
        after=$("$scratch/kit/tools/check/about" 02-server solutions/02-server | jq -rs add.kit)
        [[ $after != "$before" ]] || fail "$file"
        before=$after
    done
}
