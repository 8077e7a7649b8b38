# What all tests share: load lib/kit
#
# The working directory is the top of the kit. $scratch is the test's own folder.

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit

load_library() { # <name>
    local path
    path=$(bash -c '. tools/lib.bash && bats_library "$1"' _ "$1") || {
        echo "$1 is not there (run make test, which installs it)" >&2
        return 1
    }
    # shellcheck disable=SC1090 # where it is depends on the system
    source "$path"
}

load_library bats-support
load_library bats-assert

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
    server=$(pgrep -P "$guard" | head -n 1)
}

stop_server() {
    kill "${guard:-}" 2>/dev/null || return 0
    wait "$guard" 2>/dev/null || true
    guard=
}
