#!/usr/bin/env bats
# The one sentence above a raw report: which variable, which two accesses, which
# lock each held.
load lib/kit

# Two threads, one variable, and a lock for each of them.
write_program() { # <what alice does> <what bob does>
    cat >"$scratch/program.c" <<END
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t red = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t blue = PTHREAD_MUTEX_INITIALIZER;
static int sold;
static char name[16];
static pthread_rwlock_t gate = PTHREAD_RWLOCK_INITIALIZER;

static void *alice(void *unused)
{
    $1
    return unused;
}

static void *bob(void *unused)
{
    $2
    return unused;
}

int main(void)
{
    pthread_t a, b;
    (void)red, (void)blue, (void)gate, (void)name;
    pthread_create(&a, NULL, alice, NULL);
    pthread_create(&b, NULL, bob, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return sold == 77;
}
END
}

explain_tsan() {
    gcc -std=c11 -D_GNU_SOURCE -g -O1 -fno-inline -fsanitize=thread -pthread "$scratch/program.c" \
        build/given/tsan/tsan_findings.o -o "$scratch/tsan"
    TSAN_FINDINGS="$scratch/findings" TSAN_OPTIONS="log_path=$scratch/log exitcode=0" \
        setarch -R "$scratch/tsan"
    run bash -c ". tools/report/findings.bash && tsan_findings $scratch/findings $scratch/log.* | explain_findings"
}

explain_helgrind() {
    gcc -std=c11 -D_GNU_SOURCE -g -O1 -fno-inline -pthread "$scratch/program.c" -o "$scratch/plain"
    valgrind --tool=helgrind --log-file="$scratch/text" "$scratch/plain"
    run bash -c ". tools/report/findings.bash && helgrind_findings $scratch/text | explain_findings"
}

@test "no locks: neither holds one" {
    write_program 'sold++;' 'sold = 5;'
    explain_tsan
    assert_output --regexp '^data race on `sold`: (alice|bob) (reads|writes) it at program\.c:(14|20) while (alice|bob) (reads|writes) it at program\.c:(14|20); neither holds a lock$'
    explain_helgrind
    assert_output --regexp '^data race on `sold`: (alice|bob) (reads|writes) it at program\.c:(14|20) while (alice|bob) (reads|writes) it at program\.c:(14|20); neither holds a lock'
}

@test "one lock each, but not the same: both are named" {
    write_program 'pthread_mutex_lock(&red); sold++; pthread_mutex_unlock(&red);' \
        'pthread_mutex_lock(&blue); sold++; pthread_mutex_unlock(&blue);'
    explain_tsan
    assert_output --regexp '; the first holds `(red|blue)`, the second `(red|blue)`: no lock is held by both$'
    explain_helgrind
    assert_output --regexp '; the first holds `(red|blue)`, the second `(red|blue)`: no lock is held by both'
}

@test "one of the two holds a lock" {
    write_program 'pthread_mutex_lock(&red); sold++; pthread_mutex_unlock(&red);' 'sold++;'
    explain_tsan
    assert_output --regexp '; the first holds (`red`|no lock), the second (`red`|no lock): no lock is held by both$'
}

@test "both hold a lock, for reading only" {
    write_program 'pthread_rwlock_rdlock(&gate); sold++; pthread_rwlock_unlock(&gate);' \
        'pthread_rwlock_rdlock(&gate); sold++; pthread_rwlock_unlock(&gate);'
    explain_tsan
    assert_output --partial '; both hold `gate`, but not alone'
}

@test "a library function that makes the access is named" {
    write_program 'const char *volatile who = "abigail"; strcpy(name, who);' \
        'const char *volatile who = "bernard"; strcpy(name, who);'
    explain_tsan
    assert_output --partial 'data race on `name`: '
    assert_output --partial 'alice writes it at program.c:14 (in strcpy)'
}

@test "memory from malloc and a local variable of main are told as such" {
    write_program '' ''
    sed -i 's/(void)red,/int local = 0; pthread_t c; pthread_create(\&c, NULL, count, \&local); local++; pthread_join(c, NULL); (void)red,/
        s/^int main/static void *count(void *number)\n{\n    ++*(int *)number;\n    return NULL;\n}\n\nint main/' "$scratch/program.c"
    explain_tsan
    assert_output --partial 'data race on a local variable of main: '
}

@test "a program without a race: nothing is explained" {
    write_program 'pthread_mutex_lock(&red); sold++; pthread_mutex_unlock(&red);' \
        'pthread_mutex_lock(&red); sold++; pthread_mutex_unlock(&red);'
    explain_tsan
    assert_output ''
    explain_helgrind
    assert_output ''
}

@test "the same race, reported many times, is told once" {
    write_program 'for (int i = 0; i < 100; i++) sold++;' 'for (int i = 0; i < 100; i++) sold++;'
    explain_helgrind
    (($(sort <<<"$output" | uniq -d | wc -l) == 0))
}
