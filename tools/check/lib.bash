# What every check file loads: load ../../tools/check/lib
#
# The environment says what is checked:
#
#   CHECK_KIT      the top of the kit
#   CHECK_LAB      the lab
#   CHECK_DIR      where its builds are: plain/ and tsan/
#   CHECK_PROGRAM  the name of the program in them
#   CHECK_RECORD   where each check writes down what it found

# shellcheck source-path=SCRIPTDIR
for part in record server clients peer stacks detectors history interleave; do
    # shellcheck disable=SC1090 # one of the files in lib/
    source "$CHECK_KIT/tools/check/lib/$part.bash"
done

setup() {
    # Bats notes the line of every command, which makes each several times as
    # slow. A check says itself what went wrong.
    trap - DEBUG
    declare -gA client=() # name -> descriptor
    guards=()             # processes to end after the check
    servers=0
    record="$CHECK_RECORD/$BATS_TEST_NUMBER"
    mkdir -p "$record"
    server_err="$record/server.err"
    time_limit 60
    trap '' PIPE # a client may write to a server that is gone
    [[ $BATS_TEST_DESCRIPTION == 'it builds without warnings' || $CHECK_PROGRAM == none ||
        -x $(program plain) ]] || fails "the program runs" "it was not built"
}

teardown() {
    local process
    for process in "${guards[@]}"; do
        kill "$process" 2>/dev/null || true
    done
    wait 2>/dev/null || true
}

# The check that every lab with a program begins with.
builds_cleanly() {
    local complaints="$CHECK_DIR/plain.complaints"
    [[ -s $complaints ]] || return 0
    raw_report "$complaints"
    explain "$(grep -m 3 -E '(error|warning|undefined|multiple)' "$complaints" | sed 's|^.*/\([^/]*:\)|\1|')"
    if [[ -x $(program plain) ]]; then
        fails "the compiler has nothing to say" "warnings: $(grep -c warning: "$complaints")"
    fi
    fails "it compiles and links" "it does not"
}
