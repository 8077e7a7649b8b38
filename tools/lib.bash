# What the kit's scripts share. Source it from a script in tools/:
#
#   . "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
#
# The working directory is the top of the kit from then on.

set -o errexit -o nounset -o pipefail
export LC_ALL=C.UTF-8

# Where the script was called: see path_of.
caller=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Colours only on a terminal, and only if nobody minds: https://no-color.org
if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
    bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' plain=$'\e[0m'
else
    bold='' red='' green='' yellow='' plain=''
fi
# shellcheck disable=SC2034 # the scripts that source this use them
readonly bold red green yellow plain

# Ends the script with one sentence and a status (2: wrong usage).
die() { # <status> <sentence>
    printf '%s: %s\n' "${0##*/}" "$2" >&2
    exit "$1"
}

# Prints a path that the caller meant from where he was.
path_of() { # <path>
    if [[ $1 == /* ]]; then
        printf '%s\n' "$1"
    else
        printf '%s\n' "$caller/$1"
    fi
}

# The labs that are here, in their order.
all_labs() {
    local directory
    for directory in labs/[0-9][0-9]-*; do
        echo "${directory#labs/}"
    done
}

# Prints the full name of a lab: 6, 06 and 06-mutex are all 06-mutex.
lab_name() { # <what the user typed>
    local wanted=${1:-} lab
    [[ -n $wanted ]] || die 2 "which lab? Say LAB= and one of: $(all_labs | paste -sd " ")"
    [[ $wanted =~ ^[0-9]$ ]] && wanted=0$wanted
    for lab in $(all_labs); do
        if [[ $lab == "$wanted" || ${lab%%-*} == "$wanted" ]]; then
            printf '%s\n' "$lab"
            return
        fi
    done
    die 2 "there is no lab '$1'; the labs are: $(all_labs | paste -sd " ")"
}

# Prints where a library of Bats is: from the system, or from npm (setup).
bats_library() { # <name>
    local place
    for place in /usr/lib/bats "$PWD/build/npm/node_modules"; do
        if [[ -f $place/$1/load.bash ]]; then
            printf '%s\n' "$place/$1/load.bash"
            return
        fi
    done
    return 1
}

# Prints what a command prints. What is the same for many runs is found out once, if
# there is a folder to keep it in: CHECK_CACHE. (The number of the process would be no
# name for the new file: each submission is judged in a process namespace of its own.)
once() { # <name> <command>...
    local kept="${CHECK_CACHE:-}/$1" new
    if [[ -z ${CHECK_CACHE:-} ]]; then
        "${@:2}"
        return
    fi
    if [[ ! -f $kept ]]; then
        new=$(mktemp "$kept.XXXXXX")
        "${@:2}" >"$new" || { rm -f "$new" && return 1; }
        chmod 644 "$new"  # another user may judge
        mv "$new" "$kept" # others may look at the same time
    fi
    cat "$kept"
}

# Reads a lab's lab.json: lab_title, lab_program (empty if there is none to build), and
# what is a list in it. One jq for all, because it takes its time to start.
# shellcheck disable=SC2034 # the scripts that source this use them
read_lab() { # <lab>
    local lines
    lines=$(once "lab.$1" \
        jq -r '.title, .program // "", (.edit, .given, .beside, .tools, .forbidden, .driver, .variants | . // [] | join(" "))' "labs/$1/lab.json")
    mapfile -t lines <<<"$lines"
    lab_title=${lines[0]} lab_program=${lines[1]:-}
    read -ra lab_edit <<<"${lines[2]:-}"
    read -ra lab_given <<<"${lines[3]:-}"
    read -ra lab_beside <<<"${lines[4]:-}"
    read -ra lab_tools <<<"${lines[5]:-}"
    read -ra lab_forbidden <<<"${lines[6]:-}"
    read -ra lab_driver <<<"${lines[7]:-}"
    read -ra lab_variants <<<"${lines[8]:-}"
}

# Prints a lab's file as the student got it: from the handout's copy, or from
# the kit's repository. Fails if neither is there.
starter() { # <lab> <file>
    local copy="labs/$1/.starter/$2" commit
    if [[ -f $copy ]]; then
        cat "$copy"
        return
    fi
    commit=$(git rev-parse --quiet --verify '@{upstream}' 2>/dev/null || echo HEAD)
    git show "$commit:labs/$1/$2" 2>/dev/null
}
