// Locks and the like that are used when they are not there: each way is misuse.
// Those whose name begins with "good" are none. The argument says which;
// without one, what there is, and what is found.
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ways.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, other;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static int ready;

// ---- its beginning ----

static void initialized_twice(void)
{
    pthread_mutex_init(&other, NULL);
    pthread_mutex_init(&other, NULL);
}

static void initialized_in_use(void)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_init(&lock, NULL);
}

static void use_lock(void)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
}

static void make_lock(void)
{
    pthread_mutex_init(&lock, NULL);
}

// Only if the other one comes first.
static void initialized_late(void)
{
    both(use_lock, make_lock);
}

static void meet(void)
{
    pthread_barrier_wait(&barrier);
}

static void meet_anew(void)
{
    pthread_barrier_init(&barrier, NULL, 2);
    meet();
}

static void initialized_while_waited(void)
{
    pthread_barrier_init(&barrier, NULL, 2);
    both(meet, meet_anew);
}

static void never_initialized(void)
{
    sem_t *semaphore = malloc(sizeof *semaphore);

    sem_post(semaphore);
    free(semaphore);
}

static void good_zeros(void)
{
    pthread_mutex_t *fresh = calloc(1, sizeof *fresh);

    pthread_mutex_lock(fresh);
    pthread_mutex_unlock(fresh);
    free(fresh);
}

static void good_copy(void)
{
    static const pthread_mutex_t initial = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_t *fresh = malloc(sizeof *fresh);

    *fresh = initial;
    pthread_mutex_lock(fresh);
    pthread_mutex_unlock(fresh);
    free(fresh);
}

static void good_again(void)
{
    for (int i = 0; i < 3; i++) {
        pthread_mutex_init(&other, NULL);
        pthread_mutex_lock(&other);
        pthread_mutex_unlock(&other);
        pthread_mutex_destroy(&other);
    }
}

// Each time it is another variable, though at the same place.
static void good_in_a_loop(void)
{
    for (int i = 0; i < 3; i++) {
        pthread_mutex_t inner;

        pthread_mutex_init(&inner, NULL);
        pthread_mutex_lock(&inner);
        pthread_mutex_unlock(&inner);
    }
}

static void good_neighbours(void)
{
    {
        pthread_mutex_t first;
        pthread_mutex_init(&first, NULL);
    }
    {
        pthread_mutex_t second;
        pthread_mutex_init(&second, NULL);
    }
}

// ---- its end ----

static void freed_while_held(void)
{
    pthread_mutex_t *fresh = malloc(sizeof *fresh);

    pthread_mutex_init(fresh, NULL);
    pthread_mutex_lock(fresh);
    free(fresh);
}

static pthread_mutex_t *shared;

static void unlock_shared(void)
{
    pthread_mutex_lock(shared);
    pthread_mutex_unlock(shared);
}

static void free_shared(void)
{
    free(shared);
}

static void used_after_free(void)
{
    shared = malloc(sizeof *shared);
    pthread_mutex_init(shared, NULL);
    both(unlock_shared, free_shared);
}

static void finish_late(void)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&condition, &lock);
    pthread_mutex_unlock(&lock);
    pthread_cond_destroy(&condition);
}

static void signal_late(void)
{
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_mutex_unlock(&lock);
    pthread_cond_signal(&condition);
}

static void signalled_after_destroy(void)
{
    both(finish_late, signal_late);
}

static void signal_and_destroy(void)
{
    pthread_mutex_lock(&lock);
    if (ready) {
        pthread_cond_signal(&condition);
        pthread_cond_destroy(&condition);
    }
    ready = 2;
    pthread_mutex_unlock(&lock);
}

static void wait_for_two(void)
{
    pthread_mutex_lock(&lock);
    ready += ready == 0;
    while (ready == 1)
        pthread_cond_wait(&condition, &lock);
    pthread_mutex_unlock(&lock);
}

static void good_destroy_after_signal(void)
{
    both(wait_for_two, signal_and_destroy);
}

static void meet_and_destroy(void)
{
    int result = pthread_barrier_wait(&barrier);

    if (result == PTHREAD_BARRIER_SERIAL_THREAD)
        pthread_barrier_destroy(&barrier);
}

static void good_serial_destroys(void)
{
    pthread_barrier_init(&barrier, NULL, 2);
    both(meet_and_destroy, meet_and_destroy);
}

// ---- its function ----

// As a number, because no compiler lets the address itself out.
static uintptr_t local_lock(void)
{
    pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&inner);
    pthread_mutex_unlock(&inner);
    volatile uintptr_t address = (uintptr_t)&inner;
    return address; // NOLINT(clang-analyzer-core.StackAddressEscape)
}

static void give_local(void)
{
    pthread_mutex_t *gone = (pthread_mutex_t *)local_lock();

    pthread_mutex_lock(&lock);
    shared = gone;
    pthread_mutex_unlock(&lock);
    sched_yield();
}

static void use_local(void)
{
    pthread_mutex_t *seen;

    pthread_mutex_lock(&lock);
    seen = shared;
    pthread_mutex_unlock(&lock);
    if (seen != NULL)
        pthread_mutex_lock(seen);
}

static void function_has_returned(void)
{
    both(give_local, use_local);
}

static void held_by_nobody_left(void)
{
    pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&inner);
}

static void locked_when_left(void)
{
    held_by_nobody_left();
}

// ---- its partners ----

static void wait_with(pthread_mutex_t *mutex)
{
    pthread_mutex_lock(mutex);
    while (ready < 2)
        pthread_cond_wait(&condition, mutex);
    pthread_mutex_unlock(mutex);
}

static void wait_with_lock(void)
{
    wait_with(&lock);
}

static void wait_with_other(void)
{
    wait_with(&other);
}

static void two_mutexes(void)
{
    both(wait_with_lock, wait_with_other);
}

static const struct way ways[] = {
    WAY(initialized_twice, "misuse"),
    WAY(initialized_in_use, "misuse"),
    WAY(initialized_late, "misuse"),
    WAY(initialized_while_waited, "misuse"),
    WAY(never_initialized, "misuse"),
    WAY(good_zeros, "nothing"),
    WAY(good_copy, "nothing"),
    WAY(good_again, "nothing"),
    WAY(good_in_a_loop, "nothing"),
    WAY(good_neighbours, "nothing"),
    WAY(freed_while_held, "misuse"),
    WAY(used_after_free, "crash"),
    WAY(signalled_after_destroy, "misuse"),
    WAY(good_destroy_after_signal, "nothing"),
    WAY(good_serial_destroys, "nothing"),
    WAY(function_has_returned, "misuse"),
    WAY(locked_when_left, "misuse"),
    WAY(two_mutexes, "misuse"),
};

int main(int argc, char *argv[])
{
    return go(argc, argv, ways, sizeof ways / sizeof *ways);
}
