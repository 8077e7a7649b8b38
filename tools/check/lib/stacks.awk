# A backtrace of all threads, as gdb prints it, to one line for each place where
# threads stand; those where most of them stand, who may simply have nothing to do,
# come last:
#
#   thread 2 is in pthread_mutex_lock, from seats_book (seats.c:31), book (session.c:91)
#   3 threads are in epoll_wait, from await_any (lobby.c:85), work (lobby.c:104)
#
# Frames of the C library come first; those with a source file of the kit or of
# the submission are the ones that the student knows. Threads without any, a
# detector's own, are left out.

function finish() {
    if (places == 0)
        return
    here = inside ", from " place
    if (threads[here]++ == 0)
        stands[++kinds] = here
    last[here] = thread
    if (threads[here] > most)
        most = threads[here]
}

function print_stands(  count, kind) {
    for (count = 1; count <= most; count++)
        for (kind = 1; kind <= kinds; kind++)
            if (threads[stands[kind]] == count)
                print (count == 1 ? "thread " last[stands[kind]] " is" : count " threads are") " in " stands[kind]
}

/^Thread [0-9]+/ {
    finish()
    thread = $2
    inside = place = ""
    places = 0
}

# "#1  0x00007f in name (arguments) at file:line", or without the address.
/^#[0-9]+ / {
    name = ($2 ~ /^0x/) ? $4 : $2
    sub(/^(__GI_+|__interceptor_)/, "", name)
    sub(/^_*(libc_)?/, "", name)
    if (name ~ /^(wrap|real)_/) # faults.c
        next
    if (places == 0 && (inside == "" || name ~ /^(pthread_|accept|read|write|send|recv|poll|connect)/))
        inside = name
    if (places < 3 && match($0, / at [^ ]*:[0-9]+$/)) {
        where = substr($0, RSTART + 4)
        if (where ~ /^\.\.?\// || where ~ /sysdeps|nptl|libsanitizer|\/usr\//)
            next
        sub(/^.*\//, "", where)
        place = place (places++ > 0 ? ", " : "") name " (" where ")"
    }
}

END {
    finish()
    print_stands()
}
