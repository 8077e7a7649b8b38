#!/usr/bin/env bats
# What a submission can do in the jail, tried without the inspection that would
# have refused it.
load lib/kit

prepare() {
    chmod 755 "$scratch"
    mkdir -p "$scratch/seen" "$scratch/hidden" "$scratch/writable"
    echo 'not for you' >"$scratch/hidden/file"
    ((EUID != 0)) || chown 65534:65534 "$scratch/writable"
    cp build/grade/filter.bpf "$scratch"
}

# Compiles a program whose main consists of these lines.
program() { # <line>...
    {
        printf '#include <%s>\n' errno.h fcntl.h pthread.h sched.h signal.h stdio.h stdlib.h string.h unistd.h \
            sys/mman.h sys/prctl.h sys/ptrace.h sys/shm.h sys/stat.h sys/syscall.h sys/wait.h
        printf 'int main(void)\n{\n'
        printf '%s\n' "$@" '}'
    } >"$scratch/program.c"
    gcc -D_GNU_SOURCE -w -pthread "$scratch/program.c" -o "$scratch/seen/program"
}

jail() { # <command>...
    local become=()
    ((EUID != 0)) || become=(setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs)
    JAIL_READS="$scratch/seen" JAIL_WRITES="$scratch/writable" GRADE_FILTER="$scratch/filter.bpf" \
        GRADE_SANDBOX=bwrap "${become[@]}" "$PWD/tools/grade/jail" "$@"
}

# As grading uses it: what is left behind, and what takes too long, is the guard's business.
guarded_jail() { # <command>...
    build/bin/guard --seconds 20 -- bash -c "$(declare -f jail); scratch=$scratch; jail $*"
}

@test "without a command: exit status 2" {
    run jail
    assert_failure 2
}

@test "it sees no file but its own, the system's programs, and a small folder for itself" {
    run jail find / -xdev -maxdepth 1 -mindepth 1 -printf '%f ' ! -type l
    assert_output --regexp '^((bin|dev|etc|lib|lib32|lib64|libx32|proc|sbin|tmp|usr) )+$'
    run jail cat "$scratch/hidden/file"
    assert_failure
    run jail cat /etc/shadow
    assert_failure
    run jail ls -A /etc
    assert_output "alternatives
ld.so.cache
protocols
services"
}

@test "it can write only where it may, and there only so much" {
    run jail sh -c "echo x >$scratch/seen/file"
    assert_failure
    run jail sh -c "echo x >/usr/file || echo x >/file || echo x >/dev/file"
    assert_failure
    run jail sh -c 'head -c 100M /dev/zero >/tmp/file'
    assert_failure
    run jail sh -c 'for i in 1 2 3; do head -c 40M /dev/zero >/tmp/$i; done; du -sm /tmp'
    assert_output --regexp '^6[34]	/tmp$|No space left'
    run jail sh -c "echo x >$scratch/writable/file && cat $scratch/writable/file"
    assert_output x
}

@test "nothing of the environment reaches it, not even through /proc" {
    SECRET=mine FAULTS=read:short run jail sh -c 'env; tr "\0" "\n" </proc/1/environ'
    refute_output --partial mine
    assert_line FAULTS=read:short
}

@test "no descriptor reaches it but the standard ones and those of the detectors" {
    run jail sh -c 'cd /proc/self/fd && echo *' 5</dev/null 8</dev/null 77</dev/null
    assert_output --regexp '^0 1 2 (3 )?(4 )?8$'
}

@test "it sees no process but its own, and can end none" {
    run jail sh -c 'ls -d /proc/[0-9]* | wc -l'
    assert_output --regexp '^[1-6]$'
    program 'kill(-1, SIGKILL); kill(1, SIGKILL); kill(getppid(), SIGKILL);' 'puts("still here");'
    sleep 60 &
    run jail "$scratch/seen/program"
    kill %1 # it is still there
}

@test "it may trace nobody, and have no memory that belongs to no process" {
    program 'printf("%d %d %d %d\n", ptrace(PTRACE_ATTACH, 1, 0, 0) < 0 ? errno : 0,' \
        'memfd_create("x", 0) < 0 ? errno : 0, shmget(1, 4096, IPC_CREAT | 0600) < 0 ? errno : 0,' \
        'syscall(SYS_process_vm_readv, 1, 0, 0, 0, 0, 0) < 0 ? errno : 0);'
    run jail "$scratch/seen/program"
    assert_output '1 1 1 1' # EPERM
}

@test "it may not make namespaces of its own, mount, or become anybody" {
    program 'printf("%d %d %d\n", unshare(CLONE_NEWUSER) < 0, mount("none", "/tmp", "tmpfs", 0, 0) < 0, setuid(0) < 0);'
    run jail "$scratch/seen/program"
    assert_output '1 1 1'
    run jail sh -c 'grep -E "^(CapEff|NoNewPrivs):" /proc/self/status | tr -s "\t\n" " "'
    assert_output --partial 'CapEff: 0000000000000000 NoNewPrivs: 1'
}

@test "all its processes and threads together are limited" {
    program 'int count = 0; for (;;) { pid_t child = fork(); if (child < 0) break; if (child == 0) { pause(); _exit(0); } count++; }' \
        'printf("%s\n", count < 600 ? "limited" : "not limited"); fflush(stdout); kill(-1, SIGKILL);'
    run guarded_jail "$scratch/seen/program"
    assert_output --partial limited
    refute_output --partial 'not limited'
}

@test "what it leaves behind ends with it, also a daemon" {
    program 'if (fork() == 0) { setsid(); if (fork() == 0) { prctl(PR_SET_NAME, "left-behind"); for (;;) pause(); } _exit(0); }' \
        'sleep(1);' 'return system("pgrep -cx left-behind");'
    run guarded_jail "$scratch/seen/program"
    assert_output 1 # it was there
    run pgrep -x left-behind
    assert_failure
}

@test "the detectors work in it" {
    for program in racy clean; do
        cp "build/canary/$program".* "$scratch/seen"
    done
    TSAN_OPTIONS=exitcode=66 run jail setarch -R "$scratch/seen/racy.tsan"
    assert_failure 66
    assert_output --partial 'data race'
    run jail valgrind --tool=helgrind "$scratch/seen/racy.plain"
    assert_output --partial 'Possible data race'
    run jail setarch -R "$scratch/seen/clean.tsan"
    refute_output --partial 'data race'
}
