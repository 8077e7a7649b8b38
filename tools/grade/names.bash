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

# Whether all its checks have been run. Then there is nothing to do, or only to
# try again what timed out.
is_judged() { # <name>
    jq -e '.checks != [] and all(.checks[]; .status != "skipped")' \
        "$GRADE_OUT/$1/result.json" >/dev/null 2>&1
}

has_timed_out() { # <name>
    jq -e 'any(.checks[]; .timed_out and .tries == 1)' "$GRADE_OUT/$1/result.json" >/dev/null 2>&1
}
