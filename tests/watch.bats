#!/usr/bin/env bats
# Checking again whenever a file is saved.
load lib/kit
load lib/handout

prepare() {
    enter_handout
}

clean_up() {
    kill "${watch:-}" 2>/dev/null || true
    wait "${watch:-}" 2>/dev/null || true
}

start_watch() { # <lab>
    tools/watch "$1" >"$scratch/screen" 2>&1 </dev/null 3>&- &
    watch=$!
}

# What matters is when it checks: here a check only says so.
check_nothing() {
    printf '#!/bin/sh\necho "$1 is checked"\n' >tools/check/check
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
    echo 'int main(void) { return first; }' >labs/02-server/server.c
    start_watch 02
    wait_until checked 1
    echo 'int main(void) { return second; }' >labs/02-server/server.c
    wait_until checked 2
    run grep -oE '(first|second).+ undeclared' "$scratch/screen"
    assert_line --index 0 --partial first
    assert_line --index 1 --partial second
}

# It looks at the files with cksum.
watch_the_looks() {
    mkdir "$scratch/bin"
    printf '#!/bin/sh\necho look >>%s/looks\nexec %s "$@"\n' "$scratch" "$(command -v cksum)" >"$scratch/bin/cksum"
    chmod +x "$scratch/bin/cksum"
    PATH="$scratch/bin:$PATH"
}

looks() {
    grep -c . "$scratch/looks"
}

looked() { # <times>
    (($(looks) >= $1))
}

@test "it does not check again when a file is only touched" {
    check_nothing
    watch_the_looks
    start_watch 05
    wait_until checked 1
    touch labs/05-race/findings.md
    # When the second look from now begins, one has been done with since the touch.
    wait_until looked $(($(looks) + 2))
    run grep -c '^05-race is checked' "$scratch/screen"
    assert_output 1
    echo >>labs/05-race/findings.md
    wait_until checked 2
}

@test "at a terminal: h gives a hint, b the board, r checks again, q quits" {
    check_nothing
    cat >"$scratch/user" <<'END'
set timeout 60
proc hear {what} {
    expect $what {} default { puts "\n$what never comes"; exit 9 }
}
spawn tools/watch 05
hear "q quit"
send "h"
hear "hint 1"
send "b"
hear "01-client"
send "r"
hear "05-race is checked"
send "q"
hear eof
catch wait result
exit [lindex $result 3]
END
    run expect "$scratch/user"
    assert_success
}
