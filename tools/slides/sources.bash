# Where the lectures' code, runs and figures come from. Source it after tools/lib.bash
# and tools/demo.d/lib.bash. Each function takes the words behind the kind of a fence
# and prints what has to stand in the fence; the fence's content is in $content, and
# $scratch is a folder for what is of no use afterwards.

# A part of a file: FILE#PLACE (excerpt.awk). The marks are for the renderer.
source_c() { # <file#place> [mark=regex]...
    local file=${1%%#*} place=${1#*#} part
    [[ -f $file ]] || { echo "there is no $file any more" >&2 && return 1; }
    part=$(awk -v place="$place" -f tools/slides/excerpt.awk "$file") ||
        { echo "$file has no '$place' any more" >&2 && return 1; }
    check_marks "$part" "${@:2}" && echo "$part"
}

# Each mark has to be found in at least one line.
check_marks() { # <text> [mark=regex]...
    local mark
    for mark in "${@:2}"; do
        grep -qE -- "${mark#mark=}" <<<"$1" || { echo "no line to mark has '${mark#mark=}' any more" >&2 && return 1; }
    done
}

# What the fix of a demo changes, or one file against another.
source_diff() { # <demo> | <file> <file>
    local before after
    if (($# == 2)); then
        before=$1 after=$2
    else
        before=$demos/$(demo_name "$1")/racy.c after=${before%racy.c}fixed.c
    fi
    [[ -f $before && -f $after ]] || { echo "there is no $before or no $after any more" >&2 && return 1; }
    { diff -U 1 -I '^#include' "$before" "$after" || true; } | sed -E '1,3d; s/^@@.*/.../; s/ +$//' | sed '/./,$!d'
}

# What a demo's losing schedule does in the real program, and why it is wrong. Long
# ones go on two slides: rows=1-8, then rows=9-30, the last with the reason.
source_lanes() { # <demo> [without=main] [rows=FROM-TO]
    local demo options shown rows=1-99 name=''
    demo=$(demo_name "$1") || return
    [[ " $* " != *" rows="* ]] || rows=$(grep -oE 'rows=[0-9-]+' <<<"$*" | cut -c 6-)
    [[ " $* " != *" without="* ]] || name=$(grep -oE 'without=[a-z]+' <<<"$*" | cut -c 9-)
    mapfile -t options < <(demo_options "$demo")
    demo_build "$demo" racy.O0.interleave || return
    shown=$(COLUMNS=$([[ $name ]] && echo 108 || echo 72) as_from_terminal build/bin/interleave show "${options[@]}" "$demos/$demo/losing.sched" \
        "build/demos/$demo/racy.O0.interleave") || true
    awk -v RS= 'NR == 2' <<<"$shown" | leave_out "$name" | pick_rows "${rows%-*}" "${rows#*-}" || return 0
    echo
    awk -v RS= 'NR > 2 { gsub(/\n/, " "); print }' <<<"$shown" | sed -E "${name:+s/; $name then .*/./}" | fmt -w 72
}

# The numbers of descriptors that a run opens depend on those that it is born with;
# a make that is born of a make says so.
as_from_terminal() ( # <command>...
    local descriptor
    unset MAKEFLAGS MAKELEVEL MFLAGS
    for descriptor in /proc/self/fd/*; do
        descriptor=${descriptor##*/}
        ((descriptor <= 2)) || exec {descriptor}>&-
    done
    exec "$@"
)

# Leaves the last lane out: the steps that begin where its name does.
leave_out() { # <thread>
    awk -v name="$1" '
        NR == 1 { from = name ? index($0, name) : 1000; sub(" *" name "$", "") }
        match($0, /^ */) && RLENGTH + 1 < from'
}

# The names, and some of the steps. Fails if these are not the last.
pick_rows() { # <from> <to>
    awk -v from="$1" -v to="$2" 'NR == 1 || (NR > from && NR <= to + 1); END { exit NR > to + 1 }'
}

# Commands and what they print. A live one is for the lecturer's hands: what it prints
# is not on the slide (its existence is tested).
source_console() { # run | live
    local line
    if [[ $1 == live ]]; then
        echo "$content"
        return
    fi
    while IFS= read -r line; do
        echo "$line"
        { NO_COLOR=1 COLUMNS=70 as_from_terminal bash -c "${line#\$ }" 2>&1 </dev/null || true; } |
            sed -E 's/, [0-9.]+ s\)/)/' # how long it took is another time another
    done < <(grep '^\$ ' <<<"$content")
}

# A whole file.
source_file() { # <file>
    [[ -f $1 ]] || { echo "there is no $1 any more" >&2 && return 1; }
    cat "$1"
}

# What ThreadSanitizer prints of a demo, shortened. Which of the two threads comes first
# is another time another: what stands there has to be one of its reports.
source_tsan() { # <demo>
    local demo report
    demo=$(demo_name "$1") || return
    demo_build "$demo" racy.O0.tsan || return
    for _ in {1..20}; do
        report=$(report_of "build/demos/$demo/racy.O0.tsan")
        [[ $report != "$content" ]] || break
    done
    echo "$report"
}

# Without what is other in each run: the process' number, addresses.
report_of() { # <program>
    { TSAN_OPTIONS=io_sync=0 setarch -R "$1" 2>&1 || true; } | sed -nE '/^WARNING/,/Location/p' |
        sed -E '/#[1-9]|^$/d; s| [^ ]*/| |; s/ \([^ ]*\+0x.*//; s/pid=[0-9]+/pid=4711/; s/(of size [0-9]+) at 0x[0-9a-f]+/\1/'
}

# What each detector says of some demos.
source_matrix() { # <demo>...
    local demo names=()
    for demo in "$@"; do
        names+=("$(demo_name "$demo")")
    done
    mkdir -p "$scratch/matrix"
    tools/matrix --runs 2 --plain 1 --levels O0 --to "$scratch/matrix" "${names[@]}" >/dev/null || return
    jq -r '["demo", "ThreadSanitizer", "Helgrind", "DRD", "interleave"], (.cells | map(select(.version == "racy" and .by != "plain"))
        | group_by(.demo)[] | [.[0].demo[3:]] + ([("tsan", "helgrind", "drd", "interleave") as $by
            | .[] | select(.by == $by) | .verdict])) | @tsv' "$scratch/matrix/matrix.json" | column -t -s $'\t'
}

# Requests a second, as make bench measured them last; else as they stand there.
source_bench() {
    local measured=build/bench/load.md
    [[ $mode == update && -f $measured ]] || { echo "$content" && return; }
    sed -n '3s/, Linux.*/, Linux/p' "$measured"
    awk '/^## / { wanted = $0 == "## Requests a second" } wanted && /^\|/ && !/---/' "$measured" |
        sed 's/^| *//; s/ *|$//' | column -t -s '|' -o ' |'
}
