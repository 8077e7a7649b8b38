#!/usr/bin/env bats
# Code that could mislead whoever judges it is refused before it runs.
load lib/kit

readonly options=(-std=c11 -D_GNU_SOURCE -g -O1 -I labs/common)

# Compiles lines of C as a student's seats.c and inspects them.
inspect() { # <line>...
    printf '%s\n' "$@" >"$scratch/seats.c"
    gcc "${options[@]}" -w -c "$scratch/seats.c" -o "$scratch/seats.o"
    run tools/check/inspect 06-mutex "$scratch/seats.c" "$scratch/seats.o" "${options[@]}"
}

# All that is said, in its order: a sentence each.
refused() { # <sentence>...
    local sentences
    sentences=$(printf 'refused: seats.c %s\n' "$@")
    assert_failure 1
    assert_output "$sentences"
}

accepted() {
    assert_success
    assert_output ''
}

@test "without the compiled object: exit status 2" {
    run tools/check/inspect 06-mutex seats.c
    assert_failure 2
    assert_output --partial 'usage: inspect LAB SOURCE OBJECT'
}

@test "code that runs before main is refused" {
    inspect 'int x; __attribute__((constructor)) static void f(void) { x++; }' \
        '__attribute__((destructor)) static void g(void) { x++; }' \
        'static void *h(void) { return 0; } void i(void) __attribute__((ifunc("h")));'
    refused 'has code that runs before or after main (section .fini_array)' \
        'has code that runs before or after main (section .init_array)' \
        'has an ifunc, i, which runs before main'
    inspect 'static void f(void) { } __attribute__((section(".init_array"))) void (*p)(void) = f;'
    refused 'has code that runs before or after main (section .init_array)'
}

@test "a name of the system or of a detector is refused, also one that the source hides" {
    inspect 'int pthread_mutex_lock(void *m) { return 0; }' \
        'int f(void) __asm__("memcpy"); int f(void) { return 0; }' \
        'void __tsan_on_report(void *r) { }' \
        '#define NAME(a, b) a##b' 'void NAME(interleave_, main)(void) { }'
    refused 'defines __tsan_on_report, a name that belongs to the system (choose another one, or make it static)' \
        'defines interleave_main, a name that belongs to the system (choose another one, or make it static)' \
        'defines memcpy, a name that belongs to the system (choose another one, or make it static)' \
        'defines pthread_mutex_lock, a name that belongs to the system (choose another one, or make it static)'
}

@test "calls that no lab needs are refused; those that this lab does not need, too" {
    inspect '#include <stdlib.h>' '#include <unistd.h>' 'void __tsan_ignore_thread_begin(void);' \
        'char *f(void) { __tsan_ignore_thread_begin(); execv("/bin/true", 0); return getenv("FAULTS"); }'
    refused 'uses __tsan_ignore_thread_begin, which no lab needs' \
        'uses execv, which no lab needs' \
        'uses getenv, which this lab does not need'
}

@test "inline assembly is refused, however it is spelled" {
    inspect 'void f(void) { __asm__ volatile("nop"); }'
    refused 'has inline assembly'
    inspect '#define PASTE(a, b) a##b' 'void f(void) { PASTE(__a, sm__) volatile("nop"); }'
    refused 'has inline assembly'
}

@test "attributes that switch a detector off are refused, but not the word in a text" {
    inspect '#define Q(x) __attribute__((x))' 'Q(no_sanitize("thread")) int f(int *p) { return *p; }'
    refused 'asks the compiler for no_sanitize, which switches detectors off'
    inspect 'const char *f(void) { return "no_sanitize \" no_sanitize"; } // no_sanitize'
    accepted
}

@test "directives that would hide warnings are refused" {
    inspect '#pragma GCC diagnostic ignored "-Wall"' '_Pragma("GCC diagnostic ignored \"-Wall\"")' \
        '# 1 "/usr/include/stdio.h" 3'
    refused 'has a directive #line (it could hide what the compiler has to say)' \
        'has a directive #_Pragma (it could hide what the compiler has to say)' \
        'has a directive #pragma (it could hide what the compiler has to say)'
    inspect "/* */ %: \\" 'pragma GCC system_header'
    refused 'has a directive #pragma (it could hide what the compiler has to say)'
}

# The starters and solutions are, too: the checks build them (labNN.bats).
@test "what a student may well write is accepted" {
    inspect '#include <assert.h>' '#include <errno.h>' '#include <pthread.h>' '#include <stdatomic.h>' \
        '#include <stdio.h>' '#include <stdlib.h>' '#include <string.h>' '#include <sys/select.h>' \
        'static pthread_mutex_t locks[8];' 'static atomic_int count;' 'static _Thread_local int own;' \
        'void seats_open(void) { for (int i = 0; i < 8; i++) pthread_mutex_init(&locks[i], NULL); }' \
        'static void error(const char *text) { fprintf(stderr, "%s: %s\n", text, strerror(errno)); abort(); }' \
        'int update(int i) { fd_set set; FD_ZERO(&set); assert(i < 8); if (pthread_mutex_lock(&locks[i]) != 0)' \
        '    error("lock"); own = ++count; return pthread_mutex_unlock(&locks[i]) + FD_ISSET(i, &set); }'
    accepted
}

@test "the program does not see whether ThreadSanitizer is there" {
    cp labs/02-server/server.c "$scratch"
    printf '#ifdef __SANITIZE_THREAD__\n#error "it is there"\n#endif\n' >>"$scratch/server.c"
    run tools/build 02 --from "$scratch" --to "$scratch/built" --checks
    assert_success
    [[ -x $scratch/built/tsan/server ]]
}
