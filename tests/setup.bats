#!/usr/bin/env bats
# Installing what is missing. The packages of this machine are not touched: an
# apt-get of the test's own writes down what it is asked for.
load lib/kit

# A PATH with the system's commands, but for some, and with our own apt-get.
path_without() { # <command>...
    local command directory
    mkdir -p "$scratch/bin"
    for directory in /usr/sbin /usr/bin /sbin /bin; do
        # What is in two of them makes it fail.
        cp --symbolic-link --no-clobber "$directory"/* "$scratch/bin" 2>/dev/null || true
    done
    for command in "$@" sudo; do
        rm -f "$scratch/bin/$command"
    done
    rm -f "$scratch/bin/apt-get"
    apt_get_does 'exit 0'
}

apt_get_does() { # <script>
    printf '#!/bin/bash\necho "$*" >>%s/asked\n%s\n' "$scratch" "$1" >"$scratch/bin/apt-get"
    chmod +x "$scratch/bin/apt-get"
}

@test "a group that does not exist: one sentence, exit status 2" {
    run tools/setup teachers
    assert_failure 2
    assert_output "setup: there is no group 'teachers': take labs, grade, tests, bench, slides, browser or lint"
}

@test "nothing is missing: no word, and nothing is run" {
    path_without
    PATH="$scratch/bin" run tools/setup labs tests
    assert_success
    assert_output ''
    [[ ! -e $scratch/asked ]]
}

@test "it says what is missing and what it runs, and runs that" {
    ((EUID == 0)) || skip "only root installs without sudo"
    path_without valgrind gdb
    apt_get_does "[[ \$* != *install* ]] || ln -s /usr/bin/valgrind /usr/bin/gdb $scratch/bin"
    PATH="$scratch/bin" run tools/setup labs
    assert_success
    assert_line 'setup: missing: gdb valgrind'
    assert_line 'setup: this runs now: apt-get update && apt-get install -y --no-install-recommends gdb valgrind'
    assert_line 'setup: done'
    run cat "$scratch/asked"
    assert_line --partial 'update'
    assert_line --partial 'install -y --no-install-recommends gdb valgrind'
}

@test "without a network: one sentence with the command to run, exit status 1" {
    ((EUID == 0)) || skip "only root installs without sudo"
    path_without valgrind
    apt_get_does 'echo "E: no network" >&2; exit 100'
    PATH="$scratch/bin" run tools/setup labs
    assert_failure 1
    assert_line --partial 'run: apt-get update && apt-get install -y --no-install-recommends valgrind'
}

@test "installed but still not there: it says so" {
    ((EUID == 0)) || skip "only root installs without sudo"
    path_without valgrind
    PATH="$scratch/bin" run tools/setup labs
    assert_failure 1
    assert_line 'setup: installed, but still not to be found: valgrind'
}

@test "what apt does not have comes from npm, in the version that is pinned" {
    ((EUID == 0)) || skip "only root installs without sudo"
    path_without
    mkdir "$scratch/tools"
    cp tools/setup tools/lib.bash "$scratch/tools"
    cat >"$scratch/tools/packages.txt" <<'END'
tests bats-rare       bats:bats-rare  a library that apt does not have
npm   bats-rare@1.2.3 bats:bats-rare  there it is
END
    printf '#!/bin/bash\necho "$*" >>%s/asked\nmkdir -p "$3/node_modules/bats-rare"\ntouch "$3/node_modules/bats-rare/load.bash"\n' \
        "$scratch" >"$scratch/npm"
    chmod +x "$scratch/npm"
    ln -sf "$scratch/npm" "$scratch/bin/npm"
    PATH="$scratch/bin" run "$scratch/tools/setup" tests
    assert_success
    assert_line 'setup: this runs now: npm install --prefix build/npm bats-rare@1.2.3'
    run tail -n 1 "$scratch/asked"
    assert_output --partial 'bats-rare@1.2.3'
}

@test "what comes from npm only needs no rights, and apt is not asked" {
    ((EUID == 0)) || skip "only root can become nobody"
    path_without
    mkdir "$scratch/tools"
    cp tools/setup tools/lib.bash "$scratch/tools"
    cat >"$scratch/tools/packages.txt" <<'END'
slides marp      npm:marp  makes slides
npm    marp@1.2.3 npm:marp  apt has none
END
    printf '#!/bin/bash\nmkdir -p "$3/node_modules/marp"\n' >"$scratch/npm"
    chmod +x "$scratch/npm"
    ln -sf "$scratch/npm" "$scratch/bin/npm"
    chmod -R go+rwX "$scratch"
    PATH="$scratch/bin" run setpriv --reuid=65534 --regid=65534 --clear-groups "$scratch/tools/setup" slides
    assert_success
    assert_line 'setup: this runs now: npm install --prefix build/npm marp@1.2.3'
    [[ ! -e $scratch/asked ]]
}

@test "without rights: one sentence with the command to ask for, exit status 1" {
    ((EUID == 0)) || skip "only root can become nobody"
    path_without valgrind
    # Where the kit is, nobody may have no rights.
    mkdir "$scratch/tools"
    cp tools/setup tools/lib.bash tools/packages.txt "$scratch/tools"
    chmod -R go+rX "$scratch"
    PATH="$scratch/bin" run setpriv --reuid=65534 --regid=65534 --clear-groups "$scratch/tools/setup" labs
    assert_failure 1
    assert_line --partial 'only root may install packages; ask for: apt-get update && apt-get install'
    [[ ! -e $scratch/asked ]]
}

@test "every package has a probe that is understood and a purpose" {
    run awk '!/^#/ && NF && ($1 !~ /^(labs|grade|tests|bench|slides|browser|lint|npm)$/ || $3 !~ /^(bats|command|file|header|npm):/ || NF < 4)' tools/packages.txt
    assert_output ''
}
