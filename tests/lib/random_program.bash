# Small programs by chance: threads that do all kinds of things to a few shared
# objects, each of which may change what comes out.

random_deed() { # <number of the thread>
    local deeds=(
        "x = $((RANDOM % 97 + 3));"
        "y = $((RANDOM % 97 + 3));"
        "see($1, x);"
        "see($1, y);"
        'x = y + 1;'
        "see($1, atomic_fetch_add(&a, $1 + 1));"
        "{ int zero = 0; see($1, atomic_compare_exchange_strong(&a, &zero, 5)); }"
        "pthread_mutex_lock(&m); x = x * 3 + $1; pthread_mutex_unlock(&m);"
        "if (pthread_mutex_trylock(&m) == 0) { x = x * 5 + $1; pthread_mutex_unlock(&m); } else see($1, 99);"
        "see($1, sem_trywait(&s));"
        'sem_post(&s);'
        "pthread_rwlock_rdlock(&w); see($1, y); pthread_rwlock_unlock(&w);"
        "pthread_rwlock_wrlock(&w); y = y * 3 + $1; pthread_rwlock_unlock(&w);"
        "pthread_mutex_lock(&n); if (!ready) see($1, pthread_cond_timedwait(&c, &n, &past) != 0); ready = 0; pthread_mutex_unlock(&n);"
        'pthread_mutex_lock(&n); ready = 1; pthread_cond_signal(&c); pthread_mutex_unlock(&n);'
        'pthread_cond_broadcast(&c);'
    )
    echo "    ${deeds[RANDOM % ${#deeds[@]}]}"
}

# Writes a program that appends what comes out to the file that it is given.
random_program() { # <seed>
    local thread
    RANDOM=$1
    cat <<'END'
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static int x = 1, y = 2, ready, seen[2];
static atomic_int a;
static sem_t s;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER, n = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t w = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static const struct timespec past;

static void see(int thread, int what)
{
    seen[thread] = seen[thread] * 7 + what;
}
END
    for thread in 0 1; do
        printf '\nstatic void *work%d(void *argument)\n{\n' $thread
        for _ in 1 2 3 4 5 6; do
            random_deed $thread
        done
        printf '    return argument;\n}\n'
    done
    cat <<'END'

int main(int argc, char *argv[])
{
    pthread_t one, other;
    char line[100];

    sem_init(&s, 0, 1);
    pthread_create(&one, NULL, work0, NULL);
    pthread_create(&other, NULL, work1, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    int file = open(argv[argc - 1], O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    int length = snprintf(line, sizeof line, "%d %d %d %d %d %d\n", x, y, a, ready, seen[0], seen[1]);
    return write(file, line, (size_t)length) != length;
}
END
}

# What comes out of a program; sorted, each once.
outcomes_of() { # <program> <option of explore>...
    rm -f "$1.out"
    build/bin/interleave explore --quiet --ignore-races "${@:2}" "$1" "$1.out"
    sort -u "$1.out"
}

# Prints a line for each outcome that comes by chance, and that the systematic
# search has not seen.
missed_outcomes() { # <first seed> <last seed> <schedules by chance>
    local seed strategy
    for ((seed = $1; seed <= $2; seed++)); do
        random_program $seed >"$scratch/$seed.c"
        build/bin/interleave cc -w -D_GNU_SOURCE -o "$scratch/$seed" "$scratch/$seed.c" || return
        outcomes_of "$scratch/$seed" --strategy dpor --schedules 20000 >"$scratch/all"
        for strategy in random pos; do
            outcomes_of "$scratch/$seed" --strategy $strategy --schedules "$3" | comm -13 "$scratch/all" - |
                sed "s/^/program $seed: /"
        done
    done
}
