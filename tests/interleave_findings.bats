#!/usr/bin/env bats
# interleave says what was done wrong: which thread, which lock, which line.
load lib/kit

readonly program=build/tests/interleave/findings/findings

setup_file() {
    make --silent $program
}

# The line that a comment or a call is in, for the messages.
line_of() { # <function> <text>
    awk -v name="$1" -v text="$2" '$0 ~ "^static .*" name "\\(" { inside = 1 }
        inside && index($0, text) { print NR; exit }' tests/interleave/findings/findings.c
}

# Expects that sentence. LINE(function, text) in it is the number of that line.
assert_finds() { # <way> <sentence> [option]...
    local sentence=$2 function text
    while [[ $sentence =~ LINE\(([a-z_]+),\ ([^\)]*\)?)\)LINE ]]; do
        function=${BASH_REMATCH[1]} text=${BASH_REMATCH[2]}
        sentence=${sentence/"${BASH_REMATCH[0]}"/findings.c:$(line_of "$function" "$text")}
    done
    run build/bin/interleave explore --ignore-races --schedules 100 "${@:3}" $program "$1"
    assert_failure 1
    assert_line --partial "$sentence"
}

assert_nothing() { # <way> [option]...
    run build/bin/interleave explore --ignore-races --exit-code --schedules 50 "${@:2}" $program "$1"
    assert_success
}

@test "a thread that ends with a lock held" {
    assert_finds ends_with_mutex \
        'misuse: T1 ends and still holds door (since LINE(keep_mutex, lock(&door))LINE)'
    assert_finds ends_with_rwlock 'misuse: T1 ends and still holds house'
    assert_finds exits_with_mutex 'misuse: T1 ends and still holds door'
}

@test "a process that ends with a lock held is no finding" {
    assert_nothing process_ends_with_mutex
}

@test "destroyed while somebody holds it" {
    assert_finds destroys_held \
        'misuse: main destroys door while main holds it (since LINE(destroys_held, lock(&door))LINE)'
    assert_finds destroys_rwlock 'misuse: main destroys house while somebody reads under it'
}

@test "destroyed while somebody waits for it" {
    assert_finds destroys_awaited 'misuse: main destroys ready while T1 waits for it'
    assert_finds destroys_semaphore 'misuse: main destroys tickets while T1 waits for it' --strategy delay --bound 0
}

@test "used after it was destroyed: each kind" {
    assert_finds uses_mutex \
        'misuse: main uses door, which was destroyed at LINE(uses_mutex, destroy(&door))LINE'
    assert_finds uses_condition 'misuse: main uses ready, which was destroyed at'
    assert_finds uses_semaphore 'misuse: main uses tickets, which was destroyed at'
    assert_finds uses_barrier 'misuse: main uses barrier, which was destroyed at'
    assert_finds destroys_twice 'misuse: main uses door, which was destroyed at'
}

@test "used after it was initialized anew, by a call or by an assignment: all is well" {
    assert_nothing uses_again
}

@test "unlocked by a thread that does not hold it: each kind of lock" {
    assert_finds unlocks_mutex \
        'misuse: T1 unlocks door, which main holds since LINE(unlocks_mutex, lock(&door))LINE'
    assert_finds unlocks_free 'misuse: main unlocks door, which nobody holds'
    assert_finds unlocks_spin 'misuse: T1 unlocks spin, which main holds since'
    assert_finds unlocks_written 'misuse: T1 unlocks house, which main holds since'
    assert_finds unlocks_read 'misuse: T1 unlocks house, which it does not hold'
    assert_finds unlocks_plain 'misuse: T1 unlocks plain, which main holds since'
}

@test "locked again by its holder: a deadlock that says so" {
    assert_finds locks_again \
        'deadlock: main locks door again, which it holds since LINE(locks_again, lock(&door))LINE: it waits for itself'
    assert_finds spins_again 'deadlock: main locks spin again'
}

@test "a read-write lock that is locked again by its writer, or by its reader to write" {
    assert_finds writes_while_reading \
        'misuse: main locks house to write, which it holds to read: it waits for itself'
    assert_finds reads_while_writing 'misuse: main locks house again, which it holds to write since'
}

@test "a wait with a mutex that is free, or another's" {
    assert_finds waits_with_free 'gives up door, which nobody holds'
    assert_finds waits_with_foreign \
        'gives up door, which main holds since LINE(waits_with_foreign, lock(&door))LINE'
}

@test "joins itself, joins twice, joins or detaches what is detached" {
    assert_finds joins_itself 'misuse: main joins itself'
    assert_finds joins_twice 'misuse: main joins T1, which is joined already'
    assert_finds joins_detached 'misuse: main joins T1, which is detached already'
    assert_finds detaches_twice 'misuse: main detaches T1, which is detached already'
}

@test "memory: behind its end, freed twice, freed from its middle, used far behind its beginning" {
    assert_finds writes_behind \
        'crash: heap overflow: it writes behind the memory that was allocated at LINE(writes_behind, malloc)LINE'
    assert_finds frees_twice 'crash: double free: main had freed it at'
    assert_finds frees_middle 'crash: free of what malloc did not return'
    assert_finds uses_freed 'crash: use after free: it writes memory that main has freed at'
}

@test "leaks: on request a thread, a descriptor and memory" {
    assert_finds leaves_thread \
        'leak: T1 (created at LINE(leaves_thread, pthread_create)LINE) is neither joined nor detached' --leaks
    assert_finds leaves_descriptor ' (/dev/null) is still open at the end' --leaks
    assert_line --regexp '^leak: descriptor [0-9]+ '
    assert_finds leaves_memory 'leak: 120 bytes of memory in 1 block, the first from' --leaks
    run build/bin/interleave explore --leaks --json $program leaves_memory
    [[ $(jq -r .kind <<<"$output") == leak ]]
}

@test "leaks: nothing without the request, and nothing when nothing is left" {
    assert_nothing leaves_thread
    assert_nothing leaves_descriptor
    assert_nothing leaves_memory
    assert_nothing leaves_nothing --leaks
}
