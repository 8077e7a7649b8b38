# The folder in which a grading works. Source it after lib.bash.

# Makes it and says where it is in the variables that one, enclose, judge and
# jail read. GRADE_SANDBOX says how submissions are locked up: see jail.
open_workshop() { # <lab> <folder for the results>
    export GRADE_LAB=$1 GRADE_OUT=$2 GRADE_WORK GRADE_KIT GRADE_CACHE GRADE_FILTER CHECK_CACHE
    GRADE_WORK=$(make_folder) || die 1 "no folder for temporary files that others may enter: set TMPDIR"
    GRADE_KIT=$PWD GRADE_CACHE="$GRADE_WORK/cache" CHECK_CACHE="$GRADE_WORK/cache"
    mkdir "$GRADE_WORK/cache" "$GRADE_WORK/one" "$GRADE_WORK/submissions" "$GRADE_WORK/tmp"
    # What a killed program leaves there goes with the rest.
    export TMPDIR="$GRADE_WORK/tmp"
    ((EUID != 0)) || share_kit
    GRADE_FILTER="$GRADE_KIT/build/grade/filter.bpf"
    [[ $GRADE_SANDBOX != bwrap ]] || sandbox_works
}

close_workshop() {
    [[ -z ${GRADE_WORK:-} ]] || rm -rf "$GRADE_WORK"
    [[ ! -L $GRADE_OUT/.work ]] || rm -f "$GRADE_OUT/.work"
}

# Removes what an earlier grading left behind that was killed.
clear_workshop() { # <folder for the results>
    local left
    left=$(readlink "$1/.work") || return 0
    [[ $left != */box-office.?????? ]] || rm -rf "$left"
    rm -f "$1/.work"
}

# Root judges as the user nobody, who must be able to come here. The link is there
# before the folder: whatever is killed in between, clear_workshop finds what is left.
make_folder() {
    local place folder
    for place in "${TMPDIR:-/tmp}" /tmp; do
        folder=$(mktemp -u "$place/box-office.XXXXXX")
        ln -sfn "$folder" "$GRADE_OUT/.work"
        mkdir -m 711 "$folder" || continue
        if ((EUID != 0)) || setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$folder"; then
            printf '%s\n' "$folder"
            return
        fi
        rmdir "$folder"
    done
    return 1
}

# A copy of the kit that nobody may read; but solutions and hidden checks only
# the one who judges.
share_kit() {
    local judge=0
    GRADE_KIT="$GRADE_WORK/kit"
    mkdir "$GRADE_KIT"
    cp -r --parents tools labs "solutions/$GRADE_LAB" build/{bin,given,interleave,canary,grade} "$GRADE_KIT"
    [[ $GRADE_SANDBOX != bwrap ]] || judge=65534
    chown -R $judge:$judge "$GRADE_KIT" "$GRADE_CACHE"
    chmod -R go+rX "$GRADE_KIT"
    chmod 700 "$GRADE_KIT/solutions"
}

# One sentence and the mend, if no sandbox can be had.
sandbox_works() {
    local said
    command -v bwrap >/dev/null || die 1 "bubblewrap is not installed (tools/setup grade installs it)"
    mkdir "$GRADE_WORK/trial"
    said=$(tools/grade/enclose "$GRADE_WORK/trial" tools/grade/jail true 2>&1) && return
    die 1 "the sandbox does not work here: ${said%%$'\n'*} ($(mend_of_sandbox))"
}

setting() { # <name> <value>
    [[ $(cat "/proc/sys/${1//.//}" 2>/dev/null) == "$2" ]]
}

mend_of_sandbox() {
    if setting kernel.unprivileged_userns_clone 0; then
        echo "as root: sysctl -w kernel.unprivileged_userns_clone=1"
    elif setting kernel.apparmor_restrict_unprivileged_userns 1; then
        echo "as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    elif setting user.max_user_namespaces 0; then
        echo "as root: sysctl -w user.max_user_namespaces=10000"
    else
        echo "in a container it needs: docker run --security-opt seccomp=unconfined --security-opt systempaths=unconfined"
    fi
    echo "; where nothing else can be had: --unsafe-no-sandbox"
}
