# The programs that the detectors look at. Source it after lib.bash.
#
# Each function sets `program` (the builds), `lacks` (why one is not there),
# `shown_as`, `arguments` and `sources`, and where all goes: `out`. is_asked_for tells
# which detectors are to look.

# Nothing is inlined, so that stacks name the functions of the source.
readonly compile=(-std=gnu11 -D_GNU_SOURCE -w -g -O0 -fno-inline -fno-omit-frame-pointer -pthread)
declare -A program=() lacks=()

# Empties what an earlier report has left, and nothing else.
open_out() { # <name>
    out=$(path_of "${option_out:-$kit/build/report/$1}")
    rm -rf "$out"/{programs,tsan,helgrind,drd,asan,interleave,report.json}
    mkdir -p "$out/programs" || die 2 "$out cannot be made"
}

build_files() {
    local more
    read -ra more <<<"$option_cc"
    open_out "$(name_of_files)"
    shown_as="${sources[*]#"$caller/"}"
    gcc "${compile[@]}" "${sources[@]}" -o "$out/programs/plain" "${more[@]}" || die 2 "it does not build"
    program[plain]="$out/programs/plain"
    ! is_asked_for tsan || build_with tsan gcc -fsanitize=thread build/given/tsan/tsan_findings.o
    ! is_asked_for asan || build_with asan gcc -fsanitize=address build/given/asan/asan_findings.o
    ! is_asked_for interleave || CC=gcc build_with interleave build/bin/interleave cc
}

# One that says little goes with its folder: 01-lost-update-racy.
name_of_files() {
    local name
    name=$(basename "${sources[0]}" .c)
    case $name in
    racy | fixed | main) name=$(basename "$(dirname "$(realpath "${sources[0]}")")")-$name ;;
    esac
    echo "$name"
}

build_with() { # <build> <compiler> <option or object>...
    local said
    if said=$("${@:2}" "${compile[@]}" "${sources[@]}" -o "$out/programs/$1" "${more[@]}" 2>&1); then
        program[$1]="$out/programs/$1"
    else
        lacks[$1]="it cannot be built so: ${said##*$'\n'}"
    fi
}

# A program that was built by others: Valgrind takes any, the rest want their own
# build.
take_program() {
    local path
    path=$(path_of "${arguments[0]}")
    [[ -f $path && -x $path ]] || path=$(command -v "${arguments[0]}") || die 2 "there is no program ${arguments[0]}"
    open_out "$(basename "$path")"
    shown_as="${arguments[*]}"
    program[plain]=$path
    take_if tsan __tsan_init
    take_if asan __asan_init
    take_if interleave interleave_main
    arguments=("${arguments[@]:1}")
}

take_if() { # <build> <symbol>
    local symbols
    symbols=$(nm "${program[plain]}" 2>/dev/null && nm -D "${program[plain]}" 2>/dev/null) || true
    if grep -q " $2\$" <<<"$symbols"; then
        program[$1]=${program[plain]}
    else
        lacks[$1]="the program was not built for it: say its FILE.c instead"
    fi
}

# The server of a lab, used by the swarm; for interleave, by clients of its own.
build_lab() {
    local lab from variant
    lab=$(lab_name "$option_lab")
    from=${option_from:+$(path_of "$option_from")}
    from=${from:-$kit/labs/$lab}
    read_lab "$lab"
    [[ " ${lab_tools[*]} " == *" swarm "* ]] ||
        die 2 "lab $lab has no threads: the race detectors have nothing to look at"
    open_out "$lab"
    shown_as="the server of lab $lab"
    tools/build "$lab" --from "$from" --to "$out/programs" --checks ||
        die 2 "it does not build: $(head -n 1 "$out/programs/plain.complaints")"
    for variant in plain tsan asan interleave; do
        program[$variant]="$out/programs/$variant/$lab_program"
        [[ ! -x ${program[$variant]} ]] || continue
        program[$variant]=''
        lacks[$variant]="the lab is not built for it"
    done
    # Where students hand in schedules, none is given away.
    if [[ " ${lab_edit[*]} " == *'.sched '* && -z $option_detectors ]]; then
        program[interleave]=''
        lacks[interleave]="the order that loses is yours to find in this lab"
    fi
    arguments=(0)
    drive=${drive:-$kit/tools/report/visit}
    ((${#clients[@]} > 0)) || clients=(--client 'HELLO alice; BOOK 1; CANCEL 1' --client 'HELLO bob; BOOK 1; MOVE 1 2')
    mapfile -t sources < <(find "$from" "$kit/labs/common" -maxdepth 1 -name '*.c')
}
