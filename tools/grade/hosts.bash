# Judging on several machines. Source it after lib.bash.

# Sets how GNU parallel starts a judgement: here, or on the hosts of a file.
use_hosts() { # <file or nothing>
    judge_there=(tools/grade/one) on_hosts=()
    [[ -n $1 ]] || return 0
}
