# A student's copy of the kit, for tests that change files in it: a handout that has been
# unpacked, with the programs in place. They are links to those of the kit: nothing is
# built there, since the files of a handout are as old as tools/handout makes them.

# Unpacks a handout with the labs up to one of them, or with all.
make_handout() { # <folder> [<lab>]
    mkdir -p "$1"
    tools/handout "${@:2}" --to "$1.tar.gz" >/dev/null
    tar -xzf "$1.tar.gz" -C "$1" --strip-components 1
    link_programs "$1"
}

# Only what a handout with these labs builds. A command that is a script is its own one.
link_programs() { # <handout>
    mkdir -p "$1/build/bin"
    ln -s "$PWD"/build/{given,canary,obj} "$1/build"
    ln -s "$PWD"/build/bin/{guard,valgrind_findings,declared} "$1/build/bin"
    ln -s ../../tools/report/report "$1/build/bin"
    [[ ! -d $1/tools/swarm ]] || ln -s "$PWD/build/bin/swarm" "$1/build/bin"
    [[ ! -d $1/tools/interleave ]] || ln -s "$PWD/build/bin/interleave" "$1/build/bin"
    [[ ! -d $1/tools/interleave ]] || ln -s "$PWD/build/interleave" "$1/build"
}

# One up to lab 06 is made once for all tests that need some handout. The sources of
# the large programs, half of its files, are links there, too.
pack_handout() { # <file>
    local folder part
    folder=$(mktemp -d)
    make_handout "$folder/handout" 06
    for part in tools/interleave tools/swarm tools/player; do
        rm -r "$folder/handout/$part"
        ln -s "$PWD/$part" "$folder/handout/$part"
    done
    tar -C "$folder" -cf "$1" handout
    rm -r "$folder"
}

# Who runs a file by itself may not have it yet.
setup_file() {
    mkdir -p build/tests
    flock build/tests/handout.lock make --no-print-directory --silent build/tests/handout.tar
}

# Goes to a copy of it.
enter_handout() {
    tar -xf build/tests/handout.tar -C "$scratch"
    cd "$scratch/handout" || return
}
