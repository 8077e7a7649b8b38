#!/usr/bin/env bats
# Checking again whenever a file is saved.
load lib/kit
load lib/handout

prepare() {
    unpack_handout 05
}

clean_up() {
    kill "${watch:-}" 2>/dev/null || true
    wait "${watch:-}" 2>/dev/null || true
}

start_watch() {
    tools/watch 05 >"$scratch/screen" 2>&1 </dev/null 3>&- &
    watch=$!
}

# How often the lab has been checked.
checked() { # <times>
    (($(grep -c '^\[saved files are checked' "$scratch/screen") >= $1))
}

wait_until() { # <command>...
    local end=$((SECONDS + 30))
    until "$@"; do
        ((SECONDS < end)) || { cat "$scratch/screen" && return 1; }
        sleep 0.05
    done
}

@test "a lab that does not exist: exit status 2" {
    run tools/watch 66
    assert_failure 2
}

@test "it checks at once, and again when a file is saved" {
    start_watch
    wait_until checked 1
    sed -i 's/^- variable: ?/- variable: sold/' labs/05-race/findings.md
    wait_until checked 2
    run grep -c 'it does not name the first access' "$scratch/screen"
    assert_success
}

@test "it does not check again when a file is only touched" {
    start_watch
    wait_until checked 1
    touch labs/05-race/findings.md
    # It looks twice a second: when it has seen a change made later, it has seen
    # the touch and let it pass.
    sleep 1.5
    echo >>labs/05-race/findings.md
    wait_until checked 2
    run grep -c '^\[saved files are checked' "$scratch/screen"
    assert_output 2
}

@test "at a terminal: h gives a hint, b the board, q quits" {
    cat >"$scratch/user" <<'END'
set timeout 60
spawn tools/watch 05
expect "q quit"
send "h"
expect "hint 1"
send "b"
expect "01-client"
send "q"
expect eof
catch wait result
exit [lindex $result 3]
END
    run expect "$scratch/user"
    assert_success
}
