# Judging on several machines: GNU parallel starts the judgements over ssh, sends
# each submission, and brings the result back. A machine that does not answer any
# more is left, and its submissions are judged by another one. Source it after
# lib.bash.
#
# A host needs what tools/setup labs grade installs, and rsync; the kit comes with
# the first submission. Its processor and system are to be like those here: the
# programs are not built again.

# A host that says nothing for so long is gone.
readonly ssh_command='ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3'

# Sets how GNU parallel starts a judgement: here, or on the hosts of a file.
use_hosts() { # <file or nothing>
    judge_there=(tools/grade/one) on_hosts=()
    [[ -n $1 ]] || return 0
    # 1/: nobody needs to ask a host how many processors it has; JOBS says it.
    sed -E 's/#.*//; s/^[[:space:]]+|[[:space:]]+$//g; /^$/d; s|^|1/|' "$1" >"$GRADE_WORK/hosts"
    [[ -s $GRADE_WORK/hosts ]] || die 2 "$1 names no host"
    command -v ssh >/dev/null || die 1 "ssh is not installed (tools/setup grade installs it)"
    command -v rsync >/dev/null || die 1 "rsync is not installed (tools/setup grade installs it)"
    tar -czf "$GRADE_WORK/kit.tar.gz" --transform 's|^|kit/|' tools labs "solutions/$GRADE_LAB" \
        build/{bin,given,interleave,canary,grade}
    cp tools/grade/there "$GRADE_WORK"
    mkdir -p "$GRADE_WORK/bundles" "$GRADE_WORK/results"
    # No --cleanup: with a file it removes the folder, if that is empty then, and
    # another judgement may be about to write there. leave_hosts removes all.
    on_hosts=(--sshloginfile "$GRADE_WORK/hosts" --ssh "$ssh_command" --retries 4
        --workdir "$(folder_there)" --basefile there --basefile kit.tar.gz --transferfile 'bundles/{}.tar'
        --return 'results/{}.tar')
    judge_there=(./there "$GRADE_LAB" "$GRADE_SANDBOX")
}

folder_there() {
    echo "/tmp/${GRADE_WORK##*/}.there"
}

# Removes what is left on the hosts, as far as they answer.
leave_hosts() {
    ((${#on_hosts[@]} > 0)) || return 0
    parallel --no-notice --nonall --jobs 0 --timeout 30 --sshloginfile "$GRADE_WORK/hosts" --ssh "$ssh_command" \
        rm -rf "$(folder_there)" </dev/null >/dev/null 2>&1 || true
}

# Packs what a host needs of a submission: what was handed in, and for a second
# try what came out of the first one.
pack() { # <name>
    local bundle="$GRADE_WORK/bundles/$1"
    mkdir "$bundle"
    tools/grade/archive "$(readlink "$GRADE_WORK/submissions/$1")" >"$bundle/handed-in.tar"
    [[ ! -d $GRADE_OUT/$1 ]] || cp -r "$GRADE_OUT/$1" "$bundle/result"
    tar -C "$bundle" -cf "$bundle.tar" .
    rm -r "$bundle"
}

# Puts what has come back to its place. Without hosts it is there already.
collect() { # <name>
    local came="$GRADE_WORK/results/$1.tar"
    [[ -f $came ]] || return 0
    rm -rf "${GRADE_OUT:?}/$1"
    mkdir -p "$GRADE_OUT/$1"
    tar -C "$GRADE_OUT/$1" -xf "$came"
    rm "$came"
}
