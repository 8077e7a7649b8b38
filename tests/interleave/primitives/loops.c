// Loops that end, though some order of the threads makes them long, and loops
// that do not. The argument says which; without one, what there is, and what is
// found when data races are ignored.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ways.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static atomic_int done, looks;
static volatile int flag;
static sem_t semaphore;
static int held;

static void set_done(void)
{
    done = 1;
}

static void set_flag(void)
{
    flag = 1;
}

static void nothing(void)
{
}

// ---- until another thread has done something ----

static void wait_for_done(void)
{
    while (!done)
        continue;
}

static void on_an_atomic(void)
{
    both(set_done, wait_for_done);
}

static void wait_for_flag(void)
{
    while (!flag)
        continue;
}

static void on_a_flag(void)
{
    both(set_flag, wait_for_flag);
}

static void on_a_flag_before_it_is_set(void)
{
    both(wait_for_flag, set_flag);
}

// Who counts its rounds is never where it was.
static void count_and_yield(void)
{
    while (!done) {
        looks++;
        sched_yield();
    }
}

static void that_count(void)
{
    both(set_done, count_and_yield);
}

static void try_to_join(void)
{
    pthread_t thread = begin(nothing);

    while (pthread_tryjoin_np(thread, NULL) == EBUSY)
        sched_yield();
}

static void post(void)
{
    sem_post(&semaphore);
}

static void try_with_errno(void)
{
    pthread_t thread;

    sem_init(&semaphore, 0, 0);
    thread = begin(post);
    do
        errno = 0;
    while (sem_trywait(&semaphore) != 0);
    pthread_join(thread, NULL);
}

static void sleep_and_look(void)
{
    while (!done)
        usleep(100);
}

static void that_sleep(void)
{
    both(set_done, sleep_and_look);
}

// One of the threads that wait their turn holds what the other tries to get.
static void try_lock(void)
{
    while (pthread_mutex_trylock(&lock) != 0)
        sched_yield();
    done = 1;
    pthread_mutex_unlock(&lock);
}

static void lock_and_look(void)
{
    while (!done) {
        pthread_mutex_lock(&lock);
        sched_yield();
        pthread_mutex_unlock(&lock);
    }
}

static void that_try(void)
{
    both(try_lock, lock_and_look);
}

static void work_until_told(void)
{
    for (int stop = 0; !stop;) {
        pthread_mutex_lock(&lock);
        stop = held;
        looks++;
        pthread_mutex_unlock(&lock);
    }
}

static void until_the_sleeper_says_so(void)
{
    pthread_t thread = begin(work_until_told);

    sleep(1);
    pthread_mutex_lock(&lock);
    held = 1;
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
}

// ---- until the process ends ----

static void tick(void)
{
    for (;;)
        looks++;
}

static void in_the_background(void)
{
    pthread_detach(begin(tick));
}

// ---- that give up ----

static void bring(void)
{
    pthread_mutex_lock(&lock);
    held = 1;
    pthread_mutex_unlock(&lock);
}

static void look_ten_times(void)
{
    int got = 0;

    for (int i = 0; i < 10 && !got; i++) {
        pthread_mutex_lock(&lock);
        got = held;
        pthread_mutex_unlock(&lock);
    }
    assert(got);
}

static void too_early(void)
{
    both(bring, look_ten_times);
}

// ---- for ever ----

static void for_what_nobody_does(void)
{
    both(nothing, wait_for_done);
}

static void sleep_for_ever(void)
{
    both(nothing, sleep_and_look);
}

static void try_what_is_held(void)
{
    while (pthread_mutex_trylock(&other) != 0)
        continue;
}

static void with_a_lock_that_is_kept(void)
{
    pthread_mutex_lock(&other);
    both(try_what_is_held, nothing);
}

static void turn_left(void)
{
    while (!done)
        sched_yield();
}

static void turn_right(void)
{
    while (looks == 0)
        sched_yield();
    done = 1;
}

static void for_each_other(void)
{
    both(turn_left, turn_right);
}

// ---- long ----

static void add_many(void)
{
    for (int i = 0; i < 200000; i++) {
        pthread_mutex_lock(&lock);
        held++;
        pthread_mutex_unlock(&lock);
    }
}

static void many_steps(void)
{
    both(add_many, add_many);
}

static const struct way ways[] = {
    WAY(on_an_atomic, "nothing"),
    WAY(on_a_flag, "nothing"),
    WAY(on_a_flag_before_it_is_set, "nothing"),
    WAY(that_count, "nothing"),
    WAY(try_to_join, "nothing"),
    WAY(try_with_errno, "nothing"),
    WAY(that_sleep, "nothing"),
    WAY(that_try, "nothing"),
    WAY(until_the_sleeper_says_so, "nothing"),
    WAY(in_the_background, "nothing"),
    WAY(too_early, "assert"),
    WAY(for_what_nobody_does, "livelock"),
    WAY(sleep_for_ever, "livelock"),
    WAY(with_a_lock_that_is_kept, "livelock"),
    WAY(for_each_other, "livelock"),
    WAY(many_steps, "unjudged"),
};

int main(int argc, char *argv[])
{
    return go(argc, argv, ways, sizeof ways / sizeof *ways);
}
