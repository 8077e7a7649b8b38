#!/usr/bin/env bats
# Installing what is missing. The packages of this machine are not touched: an
# apt-get of the test's own writes down what it is asked for.
load lib/kit

# Links to the system's commands, for all tests: those that packages.txt probes in
# needed, the others in others. The user nobody may go there, too.
setup_file() {
    local directory command
    export SYSTEM
    SYSTEM=$(mktemp -d)
    chmod 755 "$SYSTEM"
    mkdir "$SYSTEM/needed" "$SYSTEM/others"
    for directory in /usr/sbin /usr/bin /sbin /bin; do
        # What is in two of them makes it fail.
        [[ -L $directory ]] || cp --symbolic-link --no-clobber "$directory"/* "$SYSTEM/others" 2>/dev/null || true
    done
    rm -f "$SYSTEM"/others/{apt-get,sudo}
    grep -oE 'command:[^ ]+' tools/packages.txt | cut -d : -f 2 | sort -u | while read -r command; do
        mv "$SYSTEM/others/$command" "$SYSTEM/needed" 2>/dev/null || true
    done
}

teardown_file() {
    rm -rf "$SYSTEM"
}

# Sets `path`, a PATH with the system's commands, but for some of packages.txt, and
# with our own apt-get, npm, and apt-cache, which knows every package.
path_without() { # <command>...
    local command
    cp -a "$SYSTEM/needed" "$scratch/bin"
    for command in "$@"; do
        rm "$scratch/bin/$command"
    done
    path="$scratch/bin:$SYSTEM/others"
    apt_get_does 'exit 0'
    npm_does 'exit 1'
    printf '#!/bin/sh\necho "  Candidate: 1.0"\n' >"$scratch/bin/apt-cache"
    chmod +x "$scratch/bin/apt-cache"
}

apt_get_does() { # <script>
    printf '#!/bin/bash\necho "$*" >>%s/asked\n%s\n' "$scratch" "$1" >"$scratch/bin/apt-get"
    chmod +x "$scratch/bin/apt-get"
}

npm_does() { # <script>
    printf '#!/bin/bash\n%s\n' "$1" >"$scratch/bin/npm"
    chmod +x "$scratch/bin/npm"
}

@test "a group that does not exist: one sentence, exit status 2" {
    run tools/setup teachers
    assert_failure 2
    assert_output "setup: there is no group 'teachers': take labs, grade, tests, bench, slides, browser or lint"
}

@test "nothing is missing: no word, and nothing is run" {
    path_without
    PATH="$path" run tools/setup labs tests
    assert_success
    assert_output ''
    [[ ! -e $scratch/asked ]]
}

@test "it says what is missing and what it runs, and runs that" {
    ((EUID == 0)) || skip "only root installs without sudo"
    path_without valgrind gdb
    apt_get_does "[[ \$* != *install* ]] || ln -s /usr/bin/valgrind /usr/bin/gdb $scratch/bin"
    PATH="$path" run tools/setup labs
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
    PATH="$path" run tools/setup labs
    assert_failure 1
    assert_line --partial 'run: apt-get update && apt-get install -y --no-install-recommends valgrind'
}

@test "installed but still not there: it says so" {
    ((EUID == 0)) || skip "only root installs without sudo"
    path_without valgrind
    PATH="$path" run tools/setup labs
    assert_failure 1
    assert_line 'setup: installed, but still not to be found: valgrind'
}

@test "what apt does not have comes from npm, in the version that is pinned" {
    ((EUID == 0)) || skip "only root installs without sudo"
    path_without
    rm "$scratch/bin/apt-cache" # the system's does not know it
    mkdir "$scratch/tools"
    cp tools/setup tools/lib.bash "$scratch/tools"
    cat >"$scratch/tools/packages.txt" <<'END'
tests bats-rare       bats:bats-rare  a library that apt does not have
npm   bats-rare@1.2.3 bats:bats-rare  there it is
END
    npm_does "echo \"\$*\" >>$scratch/asked && mkdir -p \"\$3/node_modules/bats-rare\" &&
        touch \"\$3/node_modules/bats-rare/load.bash\""
    PATH="$path" run "$scratch/tools/setup" tests
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
    npm_does 'mkdir -p "$3/node_modules/marp"'
    chmod -R go+rwX "$scratch"
    PATH="$path" run setpriv --reuid=65534 --regid=65534 --clear-groups "$scratch/tools/setup" slides
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
    PATH="$path" run setpriv --reuid=65534 --regid=65534 --clear-groups "$scratch/tools/setup" labs
    assert_failure 1
    assert_line --partial 'only root may install packages; ask for: apt-get update && apt-get install'
    [[ ! -e $scratch/asked ]]
}

@test "every package has a probe that is understood and a purpose" {
    run awk '!/^#/ && NF && ($1 !~ /^(labs|grade|tests|bench|slides|browser|lint|npm)$/ || $3 !~ /^(bats|command|file|header|npm):/ || NF < 4)' tools/packages.txt
    assert_output ''
}
