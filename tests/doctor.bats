#!/usr/bin/env bats
# Whether this machine can do what the labs need. Broken tools are put in front
# of the real ones.
load lib/kit

prepare() {
    mkdir -p "$scratch/bin"
    PATH="$scratch/bin:$PATH"
}

broken() { # <command> <script>
    printf '#!/bin/bash\n%s\n' "$2" >"$scratch/bin/$1"
    chmod +x "$scratch/bin/$1"
}

@test "an argument: exit status 2" {
    run tools/doctor now
    assert_failure 2
}

@test "a healthy machine: nothing to mend, exit status 0" {
    run tools/doctor
    assert_success
    assert_line --regexp '^ok +ThreadSanitizer finds a race that is there, and none that is not$'
    assert_line --regexp '^ok +Helgrind finds a race that is there, and none that is not$'
    assert_line --regexp '^ok +address layout: '
    assert_line --regexp '^ok +ports: '
    refute_line --partial MEND
}

@test "a Helgrind that finds nothing, and too little address space: each is told with its mend" {
    broken valgrind 'echo "==1== ERROR SUMMARY: 0 errors from 0 contexts" >&2'
    run bash -c 'ulimit -v 8000000; tools/doctor'
    assert_failure 1
    assert_line --regexp '^MEND +Helgrind: it does not find a race that is there$'
    assert_line --partial 'apt-get install --reinstall valgrind'
    assert_line --regexp '^MEND +address space: limited to 8000000 KiB'
    assert_line --partial 'run: ulimit -v unlimited'
}

@test "a Helgrind that finds races everywhere is found out" {
    broken valgrind 'echo "==1== Possible data race during write" >&2; echo "==1== ERROR SUMMARY: 1 errors" >&2'
    run tools/doctor.d/canary helgrind
    assert_failure 1
    assert_output 'it finds a race that is not there'
}

@test "ThreadSanitizer that cannot start is found out" {
    broken setarch 'shift; [[ $1 == true ]] || { echo "FATAL: ThreadSanitizer: unexpected memory mapping" >&2; exit 66; }'
    run tools/doctor.d/canary tsan
    assert_failure 1
    assert_output 'it fails: FATAL: ThreadSanitizer: unexpected memory mapping'
}

@test "an interleave that finds nothing, or that cannot run, is found out" {
    mkdir -p "$scratch/kit"
    cp -r --parents tools/lib.bash tools/doctor.d build/canary build/bin/interleave "$scratch/kit"
    "$scratch/kit/tools/doctor.d/canary" interleave
    cp "$scratch/kit/build/canary/clean.interleave" "$scratch/kit/build/canary/racy.interleave"
    run "$scratch/kit/tools/doctor.d/canary" interleave
    assert_failure 1
    assert_output 'it does not find a race that is there'
    cp /bin/true "$scratch/kit/build/canary/racy.interleave"
    run "$scratch/kit/tools/doctor.d/canary" interleave
    assert_failure 1
    assert_output --partial 'it fails: interleave: build/canary/racy.interleave was not built with this interleave'
}
