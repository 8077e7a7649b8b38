# What the demos' scripts share. Source it after tools/lib.bash.

demos=slides/demos

heading() { # <text>
    printf '\n%s%s%s\n\n' "$bold" "$1" "$plain"
}

# Prints a sentence in lines that people in the last row can read.
tell() { # <text>
    fold -s -w "${width:-76}" <<<"$1" | sed 's/^/  /; s/ *$//'
}

# The demos that are here, in their order.
all_demos() {
    local folder
    for folder in "$demos"/[0-9][0-9]-*; do
        [[ ! -d $folder ]] || echo "${folder##*/}"
    done
}

# Prints the full name of a demo: 1, 01, lost-update are all 01-lost-update.
demo_name() { # <what the user typed>
    local wanted=$1 demo
    [[ -d $demos ]] || die 2 "the demos are not part of a handout"
    [[ $wanted =~ ^[0-9]$ ]] && wanted=0$wanted
    for demo in $(all_demos); do
        if [[ $wanted == "$demo" || $wanted == "${demo%%-*}" || $wanted == "${demo#*-}" ]]; then
            echo "$demo"
            return
        fi
    done
    die 2 "there is no demo '$1' (make demo DEMO=list shows them)"
}

# Prints a field of a demo's demo.json, one line a value.
demo_field() { # <demo> <jq filter>
    jq -r "$2" "$demos/$1/demo.json"
}

# The option for demos whose harm is more than a data race.
demo_options() { # <demo>
    [[ $(demo_field "$1" .finding) == race ]] || echo --ignore-races
}

# Builds what of a demo is asked for: racy.O0.plain, fixed.O2.tsan and so on.
demo_build() { # <demo> <program>...
    local demo=$1
    shift
    make --no-print-directory --silent "${@/#/build/demos/$demo/}"
}
