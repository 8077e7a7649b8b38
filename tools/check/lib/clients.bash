# Clients, by name. Bash speaks TCP itself: see "/dev/tcp" in bash(1).
#
#   connect alice
#   ask alice 'BOOK 7' 'OK 7'
#   leave alice

# Connects a client to the server at `port`.
connect() { # <name> [<address>]
    local descriptor
    in_time || return 1
    if ! exec {descriptor}<>"/dev/tcp/${2:-::1}/$port"; then
        server_survived || return 1
        fails "$1 connects to ${2:-::1} port $port" "the connection is refused"
    fi 2>/dev/null
    client[$1]=$descriptor
}

# Sends exactly these bytes; backslash escapes as in printf.
say() { # <name> <bytes>
    # shellcheck disable=SC2059 # the bytes are a format on purpose
    { printf "$2" >&"${client[$1]}"; } 2>/dev/null || true # it may have been closed
}

# Reads a line into the caller's `line`. (No subshell: some checks read thousands.)
read_line() { # <name>
    local left=$((deadline - SECONDS)) most=${CHECK_PATIENCE:-10} how=0
    ((left >= 1)) || left=1
    IFS= read -r -t $((left < most ? left : most)) -u "${client[$1]}" line || how=$?
    ((how <= 128)) || time_ran_out
    return $how
}

# The next line from the server must be this one.
hear() { # <name> <line> [<what it answers>]
    local line='' status=0
    in_time || return 1
    read_line "$1" || status=$?
    [[ $status == 0 && $line == "$2" ]] && return
    expected_of "$1" "$2" "${3:-}"
    if ((status > 128)); then
        server_lives || return 1
        where_it_stands "$server"
        happened="no answer for $(patience) s"
    elif ((status > 0)); then
        server_survived || return 1
        happened="end of file${line:+ after '$(quoted <<<"$line")'}"
    else
        happened="'$(quoted <<<"$line")'"
    fi
    fails "$expected" "$happened"
}

expected_of() { # <name> <line> <request>
    expected="$1 hears '$2'"
    [[ -z $3 ]] || expected="$1 says '$3' and hears '$2'"
}

# One request, one reply.
ask() { # <name> <request> <reply>
    say "$1" "$2\n"
    hear "$1" "$3" "$2"
}

# The server must close the connection without a further word.
hear_end() { # <name>
    local line='' status=0
    read_line "$1" || status=$?
    ((status == 1)) && [[ -z $line ]] && return
    ((status <= 128)) || where_it_stands "$server"
    if ((status > 128)); then
        fails "$1 hears end of file" "the connection stays open"
    else
        fails "$1 hears end of file" "'$(quoted <<<"$line")'"
    fi
}

# Whatever a client still hears, this is the last line, and then comes end of file.
hear_last() { # <name> <line>
    local heard="$record/heard.$1"
    timeout -k 1 "$(patience)" cat <&"${client[$1]}" >"$heard" || {
        time_ran_out
        fails "$1 hears '$2', and end of file" "the connection stays open"
    }
    [[ $(tail -n 1 "$heard") == "$2" ]] ||
        fails "the last line that $1 hears is '$2'" "it is '$(tail -n 1 "$heard" | quoted)'"
}

# Closes a client's connection, as a client does that just goes away.
leave() { # <name>
    local descriptor=${client[$1]}
    exec {descriptor}>&-
    unset "client[$1]"
}

# A client that sends these requests and then end of file, and goes on reading
# until the server closes. What it reads is in $record/out.
half_close() { # <request>...
    printf '%s\n' "$@" >"$record/requests"
    half_close_with "$record/requests"
}

half_close_with() { # <file>
    local status=0
    touch "$record/err"
    (ulimit -f 2048 && exec timeout -k 1 "$(patience)" nc -N ::1 "$port") \
        <"$1" >"$record/out" 2>/dev/null 3>&- || status=$?
    ((status == 124)) || return 0
    time_ran_out
    where_it_stands "$server"
    fails "the server closes after the end of file" "the connection stays open; '$(quoted <"$record/out")'"
}

# The server must turn the client away: with "ERR busy", or by just closing.
hear_refusal() { # <name>
    local line='' status=0
    read_line "$1" || status=$?
    server_lives || return 1
    [[ $line != 'ERR busy' ]] || { hear_end "$1" && return; }
    ((status == 1)) && return
    where_it_stands "$server"
    fails "$1 hears 'ERR busy' or end of file" \
        "$( ((status > 128)) && echo "nothing for $(patience) s" || echo "'$line'")"
}

# So many clients, one after the other, each of which asks one thing.
clients_in_a_row() { # <count>
    local said
    in_time || return 1
    said=$("$CHECK_KIT/tools/check/in_a_row" "$port" "$1" "$(patience)" 3>&-) && return
    [[ $said != *'no answer'* ]] || time_ran_out
    server_survived || return 1
    where_it_stands "$server"
    fails "$1 clients in a row ask 'SOLD' and hear 'OK 0'" "$(quoted <<<"$said")"
}

# Whether the reply to a request is this one; no reply at all fails the check.
hears() { # <name> <request> <reply>
    local line='' status=0
    say "$1" "$2\n"
    read_line "$1" || status=$?
    if ((status > 128)); then
        where_it_stands "$server"
        fails "$1 says '$2' and hears '$3'" "no answer for $(patience) s"
    fi
    [[ $line == "$3" ]]
}
