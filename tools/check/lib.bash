# What every check file loads: load ../../tools/check/lib
#
# The environment says what is checked:
#
#   CHECK_KIT      the top of the kit
#   CHECK_LAB      the lab
#   CHECK_DIR      where its builds are, in built/, and what each check writes down,
#                  in record/
#   CHECK_PROGRAM  the name of the program in them
#   CHECK_SALT     a number that chooses who comes: lib/salt.bash

# shellcheck source-path=SCRIPTDIR
for part in record salt server clients peer stacks detectors history interleave schedules watchers; do
    # shellcheck disable=SC1090 # one of the files in lib/
    source "$CHECK_KIT/tools/check/lib/$part.bash"
done

setup() {
    # Bats notes the line of every command, which makes each several times as
    # slow. A check says itself what went wrong.
    trap - DEBUG
    declare -gA client=() # name -> descriptor
    guards=()             # processes to end after the check
    listeners=()          # processes that write down what detectors say
    servers=0
    shown='' # what else the submission may see
    [[ -z ${CHECK_ONLY:-} ]] || grep -qxF -e "$BATS_TEST_DESCRIPTION" "$CHECK_ONLY" || skip 'not now'
    record="$CHECK_DIR/record/$(basename "$BATS_TEST_FILENAME" .bats)/$BATS_TEST_NUMBER"
    rm -rf "$record" # of an earlier try
    mkdir -p "$record"
    [[ ! -f $CHECK_DIR/built/late ]] || time_ran_out # so did the compiler
    server_err="$record/server.err"
    time_limit 60
    began=$EPOCHREALTIME
    trap '' PIPE # a client may write to a server that is gone
    [[ $BATS_TEST_DESCRIPTION == 'it builds without warnings' || $CHECK_PROGRAM == none ||
        -x $(program plain) ]] || fails "the program runs" "it was not built$(why_not_built)"
}

teardown() {
    local process
    [[ -n ${record:-} ]] || return 0
    awk -v began="$began" -v ended="$EPOCHREALTIME" 'BEGIN { print ended - began }' >"$record/took"
    for process in "${guards[@]}" "${listeners[@]}"; do
        kill "$process" 2>/dev/null || true
    done
    wait 2>/dev/null || true
}

# Why, if it was not the compiler that refused.
why_not_built() {
    sed -n 's/^refused/: refused/p' "$CHECK_DIR/built/plain.complaints" 2>/dev/null | head -n 1
}

# The check that every lab with a program begins with.
builds_cleanly() {
    local complaints="$CHECK_DIR/built/plain.complaints"
    [[ -s $complaints ]] || return 0
    raw_report "$complaints"
    if grep -q '^refused: ' "$complaints"; then
        explain "$(sed -n 's/^refused: //p' "$complaints" | tail -n +2)"
        fails "nothing in it could mislead the detectors" "$(grep -m 1 '^refused: ' "$complaints")"
    fi
    explain "$(grep -m 3 -iE '(error|warning|undefined|multiple)' "$complaints" | sed -E 's#[^ ]*/([^/ ]*:)#\1#g')"
    if [[ -x $(program plain) ]]; then
        fails "the compiler has nothing to say" "warnings: $(grep -c warning: "$complaints")"
    fi
    fails "it compiles and links" "it does not"
}
