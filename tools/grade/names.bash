# The submissions of a cohort by their names. Source it after lib.bash.

# The name under which a submission's results are kept: that of its file or
# folder, without what says how it was packed.
name_of() { # <path>
    local name=${1##*/}
    name=${name%.zip} name=${name%.tar.gz} name=${name%.tgz} name=${name%.tar}
    encode "$name"
}

# A name that is harmless as a file's and to look at: what is no letter, digit or
# one of "._@+=-" becomes %XX, and so does a dot at the beginning.
encode() { # <name>
    local safe='' character i LC_ALL=C
    for ((i = 0; i < ${#1}; i++)); do
        character=${1:i:1}
        case $i$character in
        0.) safe+=%2E ;;
        *[A-Za-z0-9._@+=-]) safe+=$character ;;
        *) printf -v safe '%s%%%02X' "$safe" "$(($(printf '%d' "'$character") & 255))" ;;
        esac
    done
    printf '%s\n' "${safe:0:200}"
}

# Prints those of some names whose result is such.
results_that() { # <jq condition> <name>...
    local name files=()
    for name in "${@:2}"; do
        [[ ! -f $GRADE_OUT/$name/result.json ]] || files+=("$GRADE_OUT/$name/result.json")
    done
    ((${#files[@]} == 0)) || jq -r "select($1) | .name" "${files[@]}"
}

# Those whose checks have all been run.
judged() { # <name>...
    results_that '.checks != [] and all(.checks[]; .status != "skipped")' "$@"
}

# Those of which some check is to be tried again.
timed_out() { # <name>...
    results_that 'any(.checks[]; .timed_out and .tries == 1)' "$@"
}
