#!/usr/bin/env bats
# interleave shrinks a schedule, and draws a run.
load lib/kit

readonly programs=build/tests/interleave

setup_file() {
    make --silent $programs/{early_end,endless,held_join,lock_order,locked,long_loop,lost_update,lost_wakeup,misuse} \
        $programs/{named,names,names.gcc,prints,rage,two_sections,unlooped,use_after_free}
}

# What explore finds, as a schedule in $scratch/saved.
find_one() { # <option>... <program>
    run build/bin/interleave explore --quiet --save "$scratch/saved" "${@:1:$#-1}" "$programs/${!#}"
    assert_failure 1
}

show() { # <option>... <program>: the schedule that was found
    run build/bin/interleave show "${@:1:$#-1}" "$scratch/saved" "$programs/${!#}"
}

follow() { # <command> <option>... <program>: a schedule on standard input
    cat >"$scratch/saved"
    run build/bin/interleave "${@:1:$#-1}" "$scratch/saved" "$programs/${!#}"
}

# ---- misuse ----

@test "a wakeup that nobody has signalled is part of the schedule that is saved" {
    find_one unlooped
    grep -q '^alice wakes until end$' "$scratch/saved"
    run build/bin/interleave replay "$scratch/saved" $programs/unlooped
    assert_failure 1
    assert_line --partial "assertion \`is_open' failed"
    # Without it she waits for the signal, and all goes well.
    sed -i 's/ wakes//' "$scratch/saved"
    run build/bin/interleave replay "$scratch/saved" $programs/unlooped
    refute_output --partial 'assertion'
}

@test "a schedule that is not there, or no program: exit status 2" {
    local command
    for command in shrink show; do
        run build/bin/interleave $command "$scratch/nothing" $programs/named
        assert_failure 2
        assert_output "interleave: cannot open $scratch/nothing: No such file or directory"
        run build/bin/interleave $command "$scratch/nothing"
        assert_failure 2
        assert_output "interleave: $command needs a program (interleave --help)"
    done
}

@test "a schedule that cannot be followed: the line, and who holds what; exit status 3" {
    local command
    for command in shrink show; do
        follow $command locked <<<$'T1 until locked.c:13\nT2 until end'
        assert_failure 3
        assert_output --partial 'saved:2: T2 waits for lock at locked.c:12 (sell), which T1 holds'
    done
}

@test "two drawings at once: exit status 2" {
    follow show --svg --json named <<<'alice until end'
    assert_failure 2
    assert_output 'interleave: show takes one of --text, --svg, --json and --html'
}

@test "a schedule that cannot be written: exit status 2" {
    find_one --ignore-races lost_update
    run build/bin/interleave shrink --ignore-races --save "$scratch/none/file" "$scratch/saved" $programs/lost_update
    assert_failure 2
    assert_output "interleave: cannot write $scratch/none/file: No such file or directory"
}

# ---- shrink ----

@test "nothing fails: there is nothing to shrink, and nothing is written" {
    follow shrink --ignore-races --save "$scratch/shorter" lost_update <<<'T1 until end'
    assert_success
    assert_output 'interleave: nothing fails there, so there is nothing to shrink'
    [[ ! -e $scratch/shorter ]]
}

@test "a long schedule becomes a short one, which fails in the same way" {
    follow shrink --ignore-races --save "$scratch/shorter" lost_update <<'END'
main until lost_update.c:21
T1 until lost_update.c@count
main until lost_update.c:22
T2 until lost_update.c@count
T1 until lost_update.c@count #2
T2 until end
T1 until end
END
    assert_failure 1
    assert_output --regexp '^7 switches became 4, in [0-9]+ runs$'
    run cat "$scratch/shorter"
    assert_line --index 1 --regexp '^main until lost_update.c:22$'
    assert_line --index 2 --regexp '^T[12] until lost_update.c@count #2$'
    [[ ${#lines[@]} == 6 ]]
    run build/bin/interleave replay --ignore-races "$scratch/shorter" $programs/lost_update
    assert_failure 1
    assert_line --partial 'assertion `house.sold'
}

@test "what random search finds shrinks to as few switches for every seed" {
    local seed expected
    while read -r program expected; do
        for seed in 1 2 3; do
            find_one --ignore-races --strategy random --seed $seed "$program"
            run build/bin/interleave shrink --ignore-races --quiet "$scratch/saved" "$programs/$program"
            assert_failure 1
            [[ $(grep -c until <<<"$output") == "$expected" ]] || fail "seed $seed: $output"
        done
    done <<'END'
lost_update 5
two_sections 5
named 5
lock_order 3
lost_wakeup 3
use_after_free 4
END
}

@test "a data race stays the same data race" {
    find_one named
    run build/bin/interleave shrink --quiet "$scratch/saved" $programs/named
    assert_failure 1
    echo "$output" >"$scratch/saved"
    run build/bin/interleave replay "$scratch/saved" $programs/named
    assert_failure 1
    assert_line 'data race: nothing orders these two'
}

# ---- show ----

@test "a lost update: lanes, what goes wrong is marked, and explained" {
    follow show --ignore-races lost_update <<<$'T1 until lost_update.c@count #2\nT2 until end\nT1 until end'
    assert_success
    assert_output - <<'END'
assert: assertion `house.sold == 2' failed (main, lost_update.c:24)

  T1                        T2                        main
  12 reads house.sold -> 0
                            12 reads house.sold -> 0
                            12 writes house.sold -> 1
  12 writes house.sold -> 1 <--
                                                      24 reads house.sold -> 1
                                                      24 assertion fails <--

T1 overwrites house.sold at line 12, which T2 wrote since T1 read it (lost
update); main then reads 1 from house.sold at line 24.
END
}

@test "check-then-act: what was checked no longer holds" {
    follow show two_sections <<<$'T1 until two_sections.c:15\nT2 until end\nT1 until end'
    assert_success
    assert_line --partial 'T1 reads holders at line 12; then T2 changes it; then T1 writes it at'
    assert_line --partial '(check-then-act); main then reads 2 from holders'
}

@test "a deadlock: who holds what since when, and both wait" {
    find_one lock_order
    show lock_order
    assert_line --regexp '10 waits for right <--$'
    assert_line --regexp '19 waits for left <--$'
    assert_line --partial 'T1 waits for right, which T2 holds since line 18; T2 waits for left, which T1'
}

@test "a lost wakeup: the signal that nobody heard" {
    find_one lost_wakeup
    show lost_wakeup
    assert_line --regexp '12 signals ready <--$'
    assert_line --regexp '23 goes on waiting <--$'
    assert_line 'main waits for ready, which T1 signalled before, at line 12, when nobody'
    run build/bin/interleave replay "$scratch/saved" $programs/lost_wakeup
    assert_line 'waited (lost wakeup).'
}

@test "a data race, use after free, misuse, an endless loop: one sentence each" {
    find_one lost_update
    show lost_update
    assert_line --regexp '^T[12] (reads|writes) house.sold at line 12 without a lock, and T'
    find_one --ignore-races use_after_free
    show --ignore-races use_after_free
    assert_line 'T1 reads int#1, which main freed before, at line 26.'
    find_one misuse
    show misuse
    assert_line 'T1 unlocks lock, which main holds since misuse.c:16 (line 8).'
    find_one --steps 2000 endless
    show --steps 2000 endless
    assert_line --partial 'T1 goes round and round without an end, at line 9 with done'
}

@test "a run that ends well is drawn, too" {
    follow show --ignore-races named <<<$'alice until end\nbob until end'
    assert_success
    assert_line 'nothing goes wrong'
    assert_line --regexp '^  13 writes holder -> "alice"$'
}

@test "names and values of all types, as the program would write them" {
    local words
    follow show names <<<'T1 until end'
    while read -r words; do
        assert_line --regexp "^  [0-9]+ $words\$"
    done <<'END'
writes seats\[7\].holder -> "alice"
writes seats\[7\].state -> HELD
writes seats\[7\].row -> 'c'
writes seats\[7\].aisle -> true
writes seats\[7\].worth.price -> 12.5
writes seats\[7\].at.y -> -3
writes board\[1\]\[2\] -> 5
writes title -> "Hamlet"
writes node#2.value -> 42
writes action -> cheer
writes income -> 0.25
writes byte -> 200
writes chosen -> &board\[1\]\[0\]
writes seats\[7\].holder -> null
END
    follow show --all names <<<'T1 until end'
    assert_line --partial "65 writes main's customers[1].id -> 9"
    assert_line --partial '60 reads list -> &node#1'
    assert_line --partial '60 reads node#1.next -> &node#2'
    assert_line --partial 'allocates heap#4'
}

@test "gcc's variables of other stacks have names, too" {
    echo 'T1 until end' >"$scratch/saved"
    run build/bin/interleave show --all "$scratch/saved" $programs/names.gcc
    assert_line --partial "65 writes main's customers[1].id -> 9"
}

@test "--all shows more, and everything fits into 80 columns" {
    local short
    find_one --ignore-races lost_update
    show --ignore-races lost_update
    short=${#lines[@]}
    show --ignore-races --all lost_update
    ((${#lines[@]} > short))
    assert_line --partial 'creates T2'
    refute_line --regexp '^.{81}'
}

@test "colours only on a terminal, and not with NO_COLOR" {
    find_one --ignore-races lost_update
    show --ignore-races lost_update
    refute_output --partial $'\033'
    NO_COLOR='' TERM=xterm run unbuffer build/bin/interleave show --ignore-races "$scratch/saved" $programs/lost_update
    assert_output --partial $'\033[1;31m'
    NO_COLOR=1 TERM=xterm run unbuffer build/bin/interleave show --ignore-races "$scratch/saved" $programs/lost_update
    refute_output --partial $'\033'
}

@test "a picture: every step as text, markup escaped, no script" {
    find_one --ignore-races two_sections
    show --svg two_sections
    assert_success
    [[ ${lines[0]} == '<svg xmlns="http://www.w3.org/2000/svg"'* && ${lines[-1]} == '</svg>' ]]
    assert_line --partial '>12 reads holders -&gt; 0</text>'
    assert_line --regexp '<rect class="wrong"'
    refute_output --partial '<script'
    refute_output --partial '-> '
    # Every element is closed: as many ends as beginnings.
    [[ $(grep -o '<text' <<<"$output" | wc -l) == $(grep -o '</text>' <<<"$output" | wc -l) ]]
}

@test "JSON: the version, the threads, each step, the locks, and the source" {
    find_one lock_order
    show --json lock_order
    assert_success
    jq -e '.version == 1 and .left_out == 0 and .finding.kind == "deadlock"' <<<"$output"
    jq -e '[.threads[].name] == ["main", "T1", "T2"]' <<<"$output"
    jq -e '.sources["lock_order.c"] | startswith("// Two locks in two orders")' <<<"$output"
    jq -e '[.steps[] | select(.deed == "lock") | .variable] | sort == ["left", "right"]' <<<"$output"
    jq -e '.steps[-1] | (.held | length) == 2 and (.waits | length) == 3' <<<"$output"
    jq -e '[.steps[] | select(.wrong) | .words] | sort == ["waits for left", "waits for right"]' <<<"$output"
}

@test "JSON: a value of the program's bytes that are no text is still JSON" {
    find_one --ignore-races rage
    show --json --ignore-races rage
    jq -e '.finding.kind == "crash" and (.steps | length) > 1000' <<<"$output"
}

@test "JSON: a run that is too long is cut, and says how many steps are left out" {
    find_one late
    show --json late
    jq -e '.left_out > 60000 and .left_out + (.steps | length) > 80000' <<<"$output"
    jq -e '.steps[-1].words == "assertion fails"' <<<"$output"
}

@test "JSON: what is printed, by whom, and where" {
    follow show --json prints <<<'T1 until end'
    run jq -c '.steps[] | select(.deed == "print") | [.line, .variable, .shown]' <<<"$output"
    assert_output '[8,"\"one \\\"seat\\\"\\n\"",false]
[9,"\"2 left\\n\" to standard error",false]
[10,"\"raw\\n\"",false]'
}

@test "a race with a thread that goes on while main ends is shown again" {
    find_one early_end
    run cat "$scratch/saved"
    assert_line --index 1 'main until exit'
    run build/bin/interleave show "$scratch/saved" $programs/early_end
    assert_success
    assert_line --regexp 'reads sold -> 0 <--$'
    assert_line --regexp 'writes sold <--$'
}

@test "a loop that does more than is recorded says so, and the next value is no riddle" {
    find_one long_loop
    run build/bin/interleave show "$scratch/saved" $programs/long_loop
    assert_success
    assert_line --regexp '9 \.\.\. and more than is recorded$'
    assert_line --regexp 'reads sold -> 20000 <--$'
}

@test "a deadlock is shown again where the line that waits has done something before" {
    find_one held_join
    run build/bin/interleave show "$scratch/saved" $programs/held_join
    assert_success
    assert_line --regexp 'waits for the end of T1 <--$'
    assert_line --regexp 'waits for lock <--$'
}
