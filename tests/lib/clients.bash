# Clients for the kit's own tests of servers: the same as the checks use, with
# plain failures.

declare -gA client=()

connect() { # <name> [<address>]
    local descriptor
    exec {descriptor}<>"/dev/tcp/${2:-::1}/$port"
    client[$1]=$descriptor
}

say() { # <name> <bytes, as printf's format>
    # shellcheck disable=SC2059
    printf "$2" >&"${client[$1]}"
}

# The next line must be this one.
hear() { # <name> <line>
    local line='' status=0
    IFS= read -r -t 10 -u "${client[$1]}" line || status=$?
    [[ $status == 0 && $line == "$2" ]] && return
    echo "expected: $1 hears '$2'"
    echo "actual:   '$line' (status $status of read)"
    return 1
}

ask() { # <name> <request> <reply>
    say "$1" "$2\n"
    hear "$1" "$3" || {
        echo "asked:    '$2'"
        return 1
    }
}

hear_end() { # <name>
    local line='' status=0
    IFS= read -r -t 10 -u "${client[$1]}" line || status=$?
    [[ $status == 1 && -z $line ]] && return
    echo "expected end of file for $1; got '$line' (status $status of read)"
    return 1
}

leave() { # <name>
    local descriptor=${client[$1]}
    exec {descriptor}>&-
    unset "client[$1]"
}

wait_until() { # <command>...
    local end=$((SECONDS + 10))
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.02
    done
}
