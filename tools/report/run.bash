# Runs a program for a detector, until it ends, hangs, or has had its time. Source
# it after lib.bash. The caller has set:
#
#   place    a folder; what the program prints goes to output.txt in it
#   seconds  how long it may take
#   input    the file that is its standard input; if it is not set: none
#   drive    a command that uses the program while it runs, or nothing; the program
#            is ended behind it

kit=$PWD
readonly kit output_limit=1000000 asleep_limit=30 # bytes; tenths of a second

# Sets `status`, and `stopped`: why the program did not come to its own end, or
# nothing.
run_program() { # <command> <argument>...
    local fifo="$place/fifo" reader idle child=''
    rm -f "$fifo"
    mkfifo "$fifo"
    (cd "$caller" && exec "$kit/build/bin/guard" --seconds "$seconds" -- "$@") >"$fifo" 2>&1 <"${input:-/dev/null}" 3>&- &
    guard=$!
    # All is read, or a program that prints without end would wait; not all is kept.
    { stdbuf -o0 head -c $output_limit >"$place/output.txt" && cat >/dev/null; } <"$fifo" 3>&- &
    reader=$!
    stopped='' ended_by_us=false
    exec {idle}<> <(:)
    if [[ -n $drive ]]; then
        drive_program
    else
        wait_for_program
    fi
    exec {idle}>&-
    status=0
    wait "$guard" || status=$?
    wait "$reader" || true
    guard=''
    rm -f "$fifo"
    [[ -n $stopped ]] || stopped=$(why_stopped $status)
}

is_over() {
    ! kill -0 "$guard" 2>/dev/null
}

# Nothing ever comes there; it starts no process, as sleep would.
tenth_of_a_second() {
    read -rt 0.1 -u "$idle" || true
}

# Sets `child`: the program itself, what guard has started first.
find_program() {
    [[ -n $child ]] || child=$(pgrep -o -P "$guard") || true
    [[ -n $child ]]
}

# Whether all its threads sleep. (Threads of a detector's own do, too.)
is_asleep() {
    local stat task
    find_program || return 1
    for task in "/proc/$child/task"/*/stat; do
        { read -r stat <"$task"; } 2>/dev/null || return 1
        [[ ${stat##*) } == S* ]] || return 1
    done
    ! pgrep -P "$child" >/dev/null
}

# A program whose threads have all slept for so long will not wake any more.
wait_for_program() {
    local asleep=0
    until is_over; do
        is_asleep && asleep=$((asleep + 1)) || asleep=0
        if ((asleep >= asleep_limit)); then
            stopped="it hung: all its threads slept for $((asleep_limit / 10)) s"
            end_program
            return
        fi
        tenth_of_a_second
    done
}

# SIGTERM for the program itself, so that its detector can finish; then the rest.
end_program() {
    local looks
    ! find_program || kill -TERM "$child" 2>/dev/null || true
    for ((looks = 0; looks < 50; looks++)); do
        ! is_over || return 0
        tenth_of_a_second
    done
    kill "$guard" 2>/dev/null || true
}

# Where it listens, if it says so on a line of its own: "listening on port N".
port_of_program() {
    sed -n 's/^listening on port \([0-9]*\)$/\1/p' "$place/output.txt" 2>/dev/null | head -n 1
}

listens() {
    find_program || return 1
    find "/proc/$child/fd" -lname 'socket:*' -printf '%l\n' 2>/dev/null | tr -dc '0-9\n' |
        grep -qwFf - <(awk '$4 == "0A" { print $10 }' "/proc/$child/net/tcp" "/proc/$child/net/tcp6" 2>/dev/null)
}

# The command begins when the program listens, or has said something.
drive_program() {
    local end=$((SECONDS + 20)) driver
    until is_over || listens || [[ -s $place/output.txt ]] || ((SECONDS >= end)); do
        tenth_of_a_second
    done
    (cd "$caller" && PORT=$(port_of_program) exec bash -c "$drive") >"$place/driver.txt" 2>&1 3>&- &
    driver=$!
    while kill -0 $driver 2>/dev/null && ! is_over; do
        tenth_of_a_second
    done
    if is_over; then
        kill $driver 2>/dev/null || true
    fi
    wait $driver 2>/dev/null || true
    ! is_over || return 0
    end_program
    ended_by_us=true
}

# What an exit status of guard's says; nothing for the program's own: main may return
# -1, which is 255.
why_stopped() { # <status>
    local signal
    if (($1 == 124)); then
        echo "it was ended after $seconds s"
    elif (($1 == 123)); then
        echo "it took too much memory"
    elif (($1 > 128)) && [[ $ended_by_us == false ]]; then
        signal=$(kill -l $(($1 - 128)) 2>/dev/null) || return 0
        echo "it was ended by signal SIG$signal"
    fi
}
