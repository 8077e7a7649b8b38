# Where the threads of a stuck program stand.

# Asks the debugger and adds the answer to the check's explanation, one line a
# thread: the call that it waits in, and the line of the submission behind it.
# The process may be in a jail, which the debugger cannot enter; but there the
# same files have the same names. It runs no script that it finds in them.
where_it_stands() { # <process>
    local file="$record/stacks.txt" program
    [[ -n ${1:-} ]] || return 0
    program=$(readlink "/proc/$1/exe") || return 0
    timeout -k 1 20 gdb -nx -batch -iex 'set auto-load no' -iex 'set sysroot /' \
        "$program" -p "$1" -ex 'thread apply all backtrace 24' \
        >"$file" 2>/dev/null 3>&- </dev/null || true
    awk -f "$CHECK_KIT/tools/check/lib/stacks.awk" "$file" >"$record/stands"
    [[ -s $record/stands ]] || return 0
    explain "where its threads stand:"
    explain "$(head -n 8 "$record/stands")"
    raw_report "$file"
}
