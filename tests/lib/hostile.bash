# Submissions that attack whoever grades them: tests/hostile.
#
# The files in tests/hostile/LAB are put in front of the lab's solution, which
# then calls attack() at the beginning of its main (lab 02), or what "hook:" says
# at the beginning of seats_open (lab 06). Those in tests/hostile/packed make a
# whole submission for lab 02, in the folder that they are given. The first lines
# of each file say what it tries, and what must happen:
#
#   tries:  in words
#   score:  the points that it gets; no more, and no fewer
#   says:   a pattern that what is said of it must contain
#   never:  one that its result must not contain; never-in-page: its page

# What a file says about itself.
word() { # <file> <word>
    local line
    while IFS= read -r line; do
        [[ $line != [/#]*" $2: "* ]] || { echo "${line#*" $2: "}" && return; }
        [[ $line == [/#]* ]] || return 0
    done <"$1"
}

# Makes the submissions of a lab in a folder. The file's name is the name.
make_hostile() { # <lab> <folder>
    local file name
    for file in "tests/hostile/$1"/*.c; do
        name=$(basename "$file" .c)
        mkdir -p "$2/$name"
        "attack_$(jq -r '.edit[0][:-2]' "labs/$1/lab.json")" "$file" >"$2/$name/$(jq -r '.edit[0]' "labs/$1/lab.json")"
    done
}

attack_server() { # <file>
    cat <<END
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#define KIT "$PWD"
#define KIT_SOLUTION "$PWD/solutions/02-server/server.c"
#define HOST_PORT ${host_port:-1}
END
    cat "$1"
    awk '{ print } /^int main/ { inside = 1 } inside && /^{/ { print "    attack();"; inside = 0 }' \
        solutions/02-server/server.c
}

attack_seats() { # <file>
    local hook
    hook=$(word "$1" hook)
    cat "$1"
    awk -v hook="${hook:+    $hook;}" '
        { print }
        /^void seats_open/ { inside = 1 }
        inside && /^{/ { if (hook != "") print hook; inside = 0 }' solutions/06-mutex/seats.c |
        case $(word "$1" line) in
        name) sed '/^enum seats_result.*const char \*name/,/^}/s/^{/{\n    is_known(name);/' ;;
        *) cat ;;
        esac
}

make_packed() { # <folder>
    local file name
    for file in tests/hostile/packed/*.bash; do
        name=$(basename "$file" .bash)
        (
            folder=$1 solution=$PWD/solutions/02-server kit=$PWD
            # shellcheck disable=SC1090 # one of the files there
            source "$file"
        )
    done
}

# Gives the submissions in a folder names that say nothing, in an order that says no
# more. Prints the new and the old name of each.
shuffle() { # <folder>
    local place name new=0
    while IFS= read -r place; do
        name=${place%.zip} name=${name%.tar.gz}
        printf -v new '%02d' $((10#$new + 1))
        mv "$1/$place" "$1/$new${place#"$name"}"
        echo "$new $name"
    done < <(find "$1" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | shuf --random-source=<(yes))
}

# Prints every deviation of a result from what the file says.
deviations() { # <file> <folder of the result>
    local result="$2/result.json" name=${1##*/} wanted score said
    [[ -f $result ]] || { echo "$name: there is no result" && return; }
    wanted=$(word "$1" score)
    { read -r score && said=$(cat); } \
        < <(jq -r '.score, .reason, (.checks[] | .expected, .happened, .feedback)' "$result")
    [[ $score == "$wanted" ]] || echo "$name: $score points, not $wanted"
    grep -qE -- "$(word "$1" says)" <<<"$said" || echo "$name: nothing says '$(word "$1" says)', but: $(sort -u <<<"$said" | head -c 800)"
    never "$name" "$(word "$1" never)" "$result" "$2/feedback.txt"
    never "$name" "$(word "$1" never-in-page)" "$2/index.html" "${2%/*}/index.html"
}

never() { # <name> <pattern> <file>...
    [[ -z $2 ]] || ! grep -qE -- "$2" "${@:3}" || echo "$1: '$2' is in its result"
}
