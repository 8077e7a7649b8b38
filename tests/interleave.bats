#!/usr/bin/env bats
# interleave finds what goes wrong in some schedule, and only that.
load lib/kit

readonly programs=build/tests/interleave

setup_file() {
    local source made=(build/tests/interleave/{lost_update.gcc,each_primitive.gcc,another_interleave})
    for source in tests/interleave/*.c; do
        made+=("build/${source%.c}")
    done
    make --silent "${made[@]}"
}

explore() { # <option>... <program>
    run build/bin/interleave explore "${@:1:$#-1}" "$programs/${!#}"
}

replay() { # <program>, the schedule on standard input
    cat >"$scratch/schedule"
    run build/bin/interleave replay --ignore-races --quiet "$scratch/schedule" "$programs/$1"
}

# ---- misuse ----

@test "no command, or one that does not exist: exit status 2" {
    run build/bin/interleave
    assert_failure 2
    run build/bin/interleave guess
    assert_failure 2
    assert_line "interleave: what is 'guess'?"
}

@test "explore without a program, or with a strategy that does not exist: exit status 2" {
    run build/bin/interleave explore
    assert_failure 2
    assert_output 'interleave: explore needs a program (interleave --help)'
    explore --strategy hope locked
    assert_failure 2
    assert_output "interleave: there is no strategy 'hope'; take mix, random, pct, pos, surw, delay, places, dpor or all"
    explore --schedules 0 locked
    assert_failure 2
    assert_output "interleave: --schedules takes a number from 1 to 1000000000, not '0'"
    explore --jobs none locked
    assert_failure 2
    assert_output "interleave: --jobs takes a number from 1 to 64, not 'none'"
}

@test "a program that was not built with interleave cc: exit status 2" {
    run build/bin/interleave explore /bin/true
    assert_failure 2
    assert_output --partial '/bin/true was not built with this interleave (build it with: interleave cc'
}

@test "a program that was built with another version of interleave: exit status 2" {
    run $programs/another_interleave explore $programs/locked
    assert_failure 2
    assert_output --partial 'was not built with this interleave'
}

@test "with --wrapper a command runs the program; what is found is the same" {
    printf '#!/bin/sh\necho "$@" >%s/wrapped\nexec "$@"\n' "$scratch" >"$scratch/wrapper"
    chmod +x "$scratch/wrapper"
    run build/bin/interleave explore --strategy dpor --wrapper "$scratch/wrapper" $programs/locked one two
    assert_success
    assert_equal "$(cat "$scratch/wrapped")" "$programs/locked one two"
    local wrapped=$output
    run build/bin/interleave explore --strategy dpor $programs/locked one two
    assert_equal "${wrapped%%(*}" "${output%%(*}"
    run build/bin/interleave explore --wrapper /bin/false $programs/locked
    assert_failure 2
}

@test "a source that does not compile: the compiler's words, exit status 2" {
    echo 'int main(void) { return x; }' >"$scratch/wrong.c"
    run build/bin/interleave cc -o "$scratch/wrong" "$scratch/wrong.c"
    assert_failure 2
    assert_output --partial 'wrong.c:1'
}

@test "by itself a program runs as it would anyway" {
    run $programs/locked
    assert_success
}

# ---- findings ----

@test "a data race: both accesses, by the name of the variable" {
    explore lost_update
    assert_failure 1
    assert_line 'data race: nothing orders these two'
    assert_line --regexp '  T[12] (reads|writes) house.sold at lost_update.c:12 \(sell\), holding no lock'
}

@test "a lost update: found, shrunk to two switches, and drawn" {
    explore --ignore-races lost_update
    assert_failure 1
    assert_line --partial "assertion \`house.sold == 2' failed"
    assert_line --regexp '^ +12 reads house.sold -> 0$'
    assert_line --regexp '^ +12 writes house.sold -> 1$'
    refute_line --regexp '^.{81}'
}

@test "locked and wrong: no race, and found all the same" {
    explore two_sections
    assert_failure 1
    assert_line --partial "assertion \`holders == 1' failed"
}

@test "a deadlock: who waits for what, where, and who holds it" {
    explore lock_order
    assert_failure 1
    assert_line --regexp '  T1 waits for right at lock_order.c:10 \(left_first\), which T2 holds'
    assert_line --regexp '  T2 waits for left at lock_order.c:19 \(right_first\), which T1 holds'
}

@test "a lost wakeup is a deadlock" {
    explore lost_wakeup
    assert_failure 1
    assert_line --partial 'main waits for ready'
}

@test "use after free" {
    explore --ignore-races use_after_free
    assert_failure 1
    assert_line --partial 'crash: use after free'
}

@test "a mutex that another thread unlocks: misuse" {
    explore misuse
    assert_failure 1
    assert_line --partial 'misuse: T1 unlocks lock, which main holds since misuse.c:16'
}

@test "a loop that waits for what never comes: livelock" {
    explore --steps 2000 endless
    assert_failure 1
    assert_line --partial 'livelock'
}

@test "a rude program takes nothing down with it" {
    explore --json --ignore-races --schedules 20 rage
    assert_failure 1
    [[ $(jq -r .kind <<<"$output") == crash ]]
}

@test "what all threads share in the C library: a race, by the name of the function, and what to use" {
    local what
    for what in strtok localtime strerror inet_ntoa gethostbyname; do
        run build/bin/interleave explore $programs/shared_results $what
        assert_failure 1
        assert_line --partial 'data race'
        assert_output --regexp "\.[[:space:]]$what\(\)"
    done
    for what in setenv read pread sscanf; do
        run build/bin/interleave explore $programs/shared_results $what
        assert_failure 1
        assert_line --partial 'data race'
    done
    run build/bin/interleave explore $programs/shared_results safe
    assert_success
}

# ---- nothing to find ----

@test "functions and variables of its own may have names of the system's" {
    explore own_names
    assert_success
}

@test "a program that makes no thread: that is said, and with an error it is no pass" {
    explore alone
    assert_success
    assert_line 'main made no thread: there is only one order'
    run build/bin/interleave explore $programs/alone 2
    assert_failure 3
    assert_line 'main ended with status 2 and made no thread: nothing was tested'
    assert_line '(its arguments go behind its name; run it by itself to see what it says)'
    refute_line --partial pass
}

@test "a proof says what it holds for" {
    explore locked
    assert_line 'with these arguments'
    explore --strategy=dpor each_primitive
    assert_line --partial 'each place may end its waiting early once'
    run build/bin/interleave explore --ignore-races --strategy dpor $programs/late_point
    assert_line 'if memory is sequentially consistent: it has data races'
}

@test "a timer never goes off: who waits for one is not judged" {
    run build/bin/interleave explore --schedules 20 $programs/timers
    assert_success
    assert_line --partial 'nothing found in 20 schedules'
    run build/bin/interleave explore --schedules 20 $programs/timers wait
    assert_failure 3
    assert_output --partial 'nobody can go on until a timer goes off'
}

@test "who ends the process with an error: the thread, and the line" {
    run build/bin/interleave explore --exit-code --schedules 5 $programs/exit_there
    assert_failure 1
    assert_line 'T1 ends the process with exit status 3 at line 7.'
}

@test "a thread-local variable has a name, and whose it is" {
    explore own_variable
    assert_failure 1
    assert_line --partial "T1 writes main's mine at own_variable.c:8"
    assert_output --regexp "T1[[:space:]]writes[[:space:]]main's[[:space:]]mine[[:space:]]at[[:space:]]line[[:space:]]8"
}

@test "a bare name is a program in this folder, too" {
    cp $programs/locked "$scratch/a program"
    cd "$scratch"
    run "$OLDPWD/build/bin/interleave" explore --schedules 20 'a program'
    assert_success
}

@test "code that is right: nothing is found" {
    local program
    for program in locked spin '--strategy=dpor each_primitive'; do
        # shellcheck disable=SC2086 # one word an option
        explore --schedules 2000 $program
        assert_success
        assert_output --regexp '^all [0-9]+ interleavings pass'
    done
}

@test "gcc's programs are scheduled, too" {
    explore --ignore-races lost_update.gcc
    assert_failure 1
    explore --schedules 500 --strategy dpor each_primitive.gcc
    assert_success
    assert_output --regexp '^all [0-9]+ interleavings pass'
}

@test "each strategy finds the lost update" {
    local strategy
    for strategy in random pct pos surw delay places dpor; do
        explore --ignore-races --schedules 1000 --strategy $strategy lost_update
        assert_failure 1
    done
}

@test "the same seed finds the same, in the same schedule" {
    local first
    explore --ignore-races --seed 7 named
    first=$output
    for _ in 1 2 3; do
        explore --ignore-races --seed 7 named
        [[ $output == "$first" ]]
    done
}

@test "several jobs find the same every time, however fast each is" {
    local first
    explore --ignore-races --jobs 3 --seed 2 named
    assert_failure 1
    first=$output
    for _ in 1 2 3; do
        explore --ignore-races --jobs 3 --seed 2 named
        [[ $output == "$first" ]]
    done
    explore --jobs 3 locked
    assert_success
    assert_output --partial 'all 90 interleavings pass'
}

# The first of two jobs has the first 64 schedules.
@test "what only the second job finds is found" {
    local program="$scratch/least_sum" seed options first=0
    build/bin/interleave cc -D_GNU_SOURCE -o "$program" tests/interleave/set/deep/least_sum.c
    for ((seed = 1; seed <= 50 && first <= 64; seed++)); do
        options=(--json --ignore-races --strategy random --schedules 128 --seed "$seed" "$program")
        first=$(build/bin/interleave explore "${options[@]}" | jq .first)
    done
    ((first > 64))
    run build/bin/interleave explore --jobs 2 "${options[@]}"
    assert_failure 1
}

@test "a hundred replays of one schedule: a hundred equal traces" {
    local i
    explore --ignore-races --save "$scratch/saved" lost_update
    assert_failure 1
    for i in {1..100}; do
        build/bin/interleave show --json --all --ignore-races "$scratch/saved" $programs/lost_update >"$scratch/trace.$i"
    done
    run uniq -c < <(md5sum "$scratch"/trace.* | cut -d ' ' -f 1)
    assert_output --regexp '^ *100 [0-9a-f]{32}$'
}

@test "--json is one object" {
    explore --json --ignore-races --seed 3 lost_update
    assert_failure 1
    jq -e '.found and .kind == "assert" and .first >= 1 and .strategy == "mix" and .exhaustive == false' <<<"$output"
}

@test "cc leaves nothing behind, whatever the compiler writes beside the objects" {
    mkdir "$scratch/tmp"
    TMPDIR="$scratch/tmp" build/bin/interleave cc -MMD -o "$scratch/program" tests/interleave/named.c
    run ls -A "$scratch/tmp"
    assert_output ''
}

# ---- written schedules ----

@test "a written schedule: both see the seat free, and both take it" {
    replay named <<'END'
# both see it free
alice until named.c@act
bob   until end
alice until end
END
    assert_failure 1
}

@test "one after the other: all is well" {
    replay named <<'END'
alice until end
bob   until end
END
    assert_success
}

@test "between the read and the write of one line: the second time" {
    replay lost_update <<'END'
T1 until lost_update.c@count #2
T2 until end
T1 until end
END
    assert_failure 1
}

@test "a thread stops before a lock, and the other takes it" {
    replay lock_order <<'END'
T1 until lock right
T2 until lock left
END
    assert_failure 1
}

@test "a thread stops when it begins a function, also one that only calls others" {
    local stop
    for stop in take 'change #2'; do
        replay composed <<<"T1 until $stop"$'\nT2 until end\nT1 until end'
        assert_failure 1
    done
}

@test "a thread whose turn it is may look again and again while nobody changes anything" {
    replay many_looks <<<$'T2 until lock lock\nT1 until end\nT2 until end'
    assert_success
}

@test "a schedule that cannot be followed: the line, and who holds what; exit status 3" {
    replay locked <<'END'
T1 until locked.c:13
T2 until end
END
    assert_failure 3
    assert_output --partial 'schedule:2: T2 waits for lock at locked.c:12 (sell), which T1 holds'
}

@test "an anchor or a line that is not there, and what is no turn: exit status 2" {
    replay named <<<'alice until named.c@nowhere'
    assert_failure 2
    assert_output --partial 'schedule:1: there is no line with that anchor: nowhere'
    replay named <<<$'# nothing\nalice waits'
    assert_failure 2
    assert_output --partial 'schedule:2: a turn is: NAME until STOP; not: alice waits'
}

@test "what explore saves, replay fails with" {
    explore --ignore-races --save "$scratch/saved" named
    run build/bin/interleave replay --ignore-races "$scratch/saved" $programs/named
    assert_failure 1
    assert_line --partial 'assertion'
}
