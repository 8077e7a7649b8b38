# Where the threads of a stuck program stand.

# Asks the debugger and adds the answer to the check's explanation, one line a
# thread: the call that it waits in, and the line of the submission behind it.
where_it_stands() { # <process>
    local file="$record/stacks.txt"
    [[ -n ${1:-} ]] || return 0
    timeout -k 1 20 gdb -nx -batch -p "$1" -ex 'thread apply all backtrace 24' \
        >"$file" 2>/dev/null 3>&- </dev/null || true
    awk -f "$CHECK_KIT/tools/check/lib/stacks.awk" "$file" >"$record/stands"
    [[ -s $record/stands ]] || return 0
    explain "where its threads stand:"
    explain "$(head -n 8 "$record/stands")"
    raw_report "$file"
}
