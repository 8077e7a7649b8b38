# A student's copy of the kit, for tests that change files in it: the handout,
# unpacked in the test's own folder, with the programs built already.

unpack_handout() { # [<lab>]
    tools/handout "$@" --to "$scratch/handout.tar.gz" >/dev/null
    tar -xzf "$scratch/handout.tar.gz" -C "$scratch"
    cd "$scratch/box-office-labs" || return
    mkdir build
    cp -r "$OLDPWD"/build/{bin,given,canary,interleave,obj} build/
    [[ -d tools/swarm ]] || rm -f build/bin/swarm
    [[ -d tools/interleave ]] || rm -rf build/bin/interleave build/interleave
}
