# What `interleave explore --json` says, without a jq for each of hundreds of programs.

readonly explored_pattern='^\{"found": (true|false), "kind": "([a-z]*)", "schedules": ([0-9]+), "first": ([0-9]+), "exhaustive": (true|false), "strategy": '

# Explores, and sets `found`, `kind`, `schedules`, `first` and `exhaustive`; `status` is
# the exit status. Whatever else it prints is a failure, and so are more than
# `seconds_limit` seconds.
explored() { # <option>... <program> [<argument>...]
    status=0
    output=$(timeout "${seconds_limit:-60}" build/bin/interleave explore --json "$@" 2>&1) || status=$?
    [[ $output =~ $explored_pattern ]] || {
        echo "explore $*: status $status, '$output'"
        return 1
    }
    found=${BASH_REMATCH[1]} kind=${BASH_REMATCH[2]} schedules=${BASH_REMATCH[3]}
    first=${BASH_REMATCH[4]} exhaustive=${BASH_REMATCH[5]}
}
