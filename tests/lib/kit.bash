# What all tests share: load lib/kit
#
# The working directory is the top of the kit. $scratch is the test's own folder.

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit

# Where the libraries are is found out once for a file: its tests inherit it.
load_libraries() { # <name>...
    local path
    KIT_LIBRARIES=${KIT_LIBRARIES:-$(bash -c '. tools/lib.bash; for name in "$@"; do bats_library "$name"; done' _ "$@")} ||
        stop "bats-support and bats-assert are not both installed: make test installs them, or tools/setup tests"
    export KIT_LIBRARIES
    # Not through their load.bash, which starts a process for each of its files, in each
    # test.
    while IFS= read -r path; do
        for path in "${path%/*}"/src/*.bash; do
            # shellcheck disable=SC1090 # where it is depends on the system
            source "$path"
        done
    done <<<"$KIT_LIBRARIES"
}

# Ends the file before its first test. Bats, whose traps would say more, and would go
# on with the tests, is told nothing but this.
stop() { # <sentence>
    trap - DEBUG ERR EXIT
    echo "not ok $((${BATS_FILE_FIRST_TEST_NUMBER_IN_SUITE:-0} + 1)) $1" >&3
    exit 1
}

load_libraries bats-support bats-assert

export NO_COLOR=1
# Nothing in a test takes this long unless it never comes.
export CHECK_PATIENCE=${CHECK_PATIENCE:-4}

setup() {
    scratch=$(mktemp -d)
    ! declare -F prepare >/dev/null || prepare
}

teardown() {
    ! declare -F clean_up >/dev/null || clean_up
    rm -rf "$scratch"
}

# Starts a server on a free port and sets `port`, `server` (its process) and
# `guard`, which ends it: call stop_server, or let the end of the test do it.
start_server() { # <command>...
    rm -f "$scratch/port"
    mkfifo "$scratch/port"
    build/bin/guard -- "$@" >"$scratch/port" 2>"$scratch/server.err" 3>&- &
    guard=$!
    read -r _ _ _ port <"$scratch/port"
    { read -r server _ <"/proc/$guard/task/$guard/children"; } 2>/dev/null ||
        server=$(pgrep -P "$guard" | head -n 1) # not every kernel has that file
}

stop_server() {
    kill "${guard:-}" 2>/dev/null || return 0
    wait "$guard" 2>/dev/null || true
    guard=
}
