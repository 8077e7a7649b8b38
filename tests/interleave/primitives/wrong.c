// Each primitive, used wrongly: some schedule loses. The argument says which;
// without one, what there is, and what is found.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static int data;
static void (*work)(void);

static void *run(void *argument)
{
    work();
    return argument;
}

static void both(void (*there)(void), void (*here)(void))
{
    pthread_t thread;

    work = there;
    pthread_create(&thread, NULL, run, NULL);
    here();
    pthread_join(thread, NULL);
}

// ---- memory orders that are too weak ----

static atomic_int flag;

static void publish(void)
{
    data = 1;
    atomic_store_explicit(&flag, 1, memory_order_release);
}

static void publish_relaxed(void)
{
    data = 1;
    atomic_store_explicit(&flag, 1, memory_order_relaxed);
}

static void publish_unfenced(void)
{
    atomic_thread_fence(memory_order_release);
    data = 1;
    atomic_store_explicit(&flag, 1, memory_order_relaxed);
}

static void consume(void)
{
    while (!atomic_load_explicit(&flag, memory_order_acquire))
        continue;
    assert(data == 1);
}

static void consume_relaxed(void)
{
    while (!atomic_load_explicit(&flag, memory_order_relaxed))
        continue;
    assert(data == 1);
}

static void no_release(void)
{
    both(publish_relaxed, consume);
}
static void no_acquire(void)
{
    both(publish, consume_relaxed);
}
static void fence_too_early(void)
{
    both(publish_unfenced, consume);
}

static volatile bool ready;

static void set_volatile(void)
{
    data = 1;
    ready = true;
}

static void read_volatile(void)
{
    if (ready)
        assert(data == 1);
}

static void volatile_flag(void)
{
    both(set_volatile, read_volatile);
}

static void add_in_two(void)
{
    int seen = atomic_load(&flag);

    atomic_store(&flag, seen + 1);
}

static void lost_atomic_update(void)
{
    both(add_in_two, add_in_two);
    assert(flag == 2);
}

// ---- locks ----

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t house = PTHREAD_RWLOCK_INITIALIZER;

static void try_anyway(void)
{
    bool mine = pthread_mutex_trylock(&lock) == 0;

    data++;
    if (mine)
        pthread_mutex_unlock(&lock);
}

static void unheeded_try(void)
{
    both(try_anyway, try_anyway);
}

static void timed_anyway(void)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    bool mine = pthread_mutex_timedlock(&lock, &until) == 0;
    sleep(2);
    data++;
    if (mine)
        pthread_mutex_unlock(&lock);
}

static void unheeded_time(void)
{
    both(timed_anyway, timed_anyway);
}

static void write_as_reader(void)
{
    pthread_rwlock_rdlock(&house);
    data++;
    pthread_rwlock_unlock(&house);
}

static void readers_write(void)
{
    both(write_as_reader, write_as_reader);
}

// ---- semaphores and barriers ----

static sem_t tickets;
static pthread_barrier_t barrier;

static void with_ticket(void)
{
    sem_wait(&tickets);
    data++;
    sem_post(&tickets);
}

static void too_many_tickets(void)
{
    sem_init(&tickets, 0, 2);
    both(with_ticket, with_ticket);
}

static void write_late(void)
{
    pthread_barrier_wait(&barrier);
    data = 1;
}

static void read_late(void)
{
    pthread_barrier_wait(&barrier);
    assert(data == 0);
}

static void after_the_barrier(void)
{
    pthread_barrier_init(&barrier, NULL, 2);
    both(write_late, read_late);
}

// ---- time ----

static void work_long(void)
{
    pthread_mutex_lock(&lock);
    data = 1;
    pthread_mutex_unlock(&lock);
}

static void expect_work(void)
{
    sleep(1);
    pthread_mutex_lock(&lock);
    assert(data == 1);
    pthread_mutex_unlock(&lock);
}

static void sleep_instead_of_join(void)
{
    both(work_long, expect_work);
}

static void work_later(void)
{
    sleep(1);
    work_long();
}

static void expect_later(void)
{
    sleep(1);
    expect_work();
}

static void longer_sleep(void)
{
    both(work_later, expect_later);
}

// ---- signals and cancellation ----

static volatile sig_atomic_t count;

static void add(int signal)
{
    (void)signal;
    pthread_mutex_lock(&lock); // NOLINT: not async-signal-safe
    count++;
    pthread_mutex_unlock(&lock); // NOLINT
}

static void handler_takes_lock(void)
{
    signal(SIGUSR1, add);
    pthread_mutex_lock(&lock);
    raise(SIGUSR1);
    pthread_mutex_unlock(&lock);
}

static void *hold_and_sleep(void *argument)
{
    pthread_mutex_lock(&lock);
    sleep(1);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void cancelled_with_lock(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, hold_and_sleep, NULL);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
}

// ---- the end ----

static void *use_late(void *argument)
{
    data++;
    return argument;
}

static void clean_up(void)
{
    data = -1;
}

static void used_at_exit(void)
{
    pthread_t thread;

    atexit(clean_up);
    pthread_create(&thread, NULL, use_late, NULL);
}

static int *shared;

static void free_it(void)
{
    free(shared);
}

static void use_it(void)
{
    *shared = 1;
}

static void freed_by_another(void)
{
    shared = malloc(sizeof *shared);
    both(use_it, free_it);
}

static _Atomic int *counter;

static void count_it(void)
{
    (*counter)++;
}

static void free_counter(void)
{
    free((void *)counter);
}

static void freed_atomic(void)
{
    counter = malloc(sizeof *counter);
    both(count_it, free_counter);
}

#define WAY(name, kind)   \
    {                     \
#name, kind, name \
    }
static const struct {
    const char *name, *kind;
    void (*run)(void);
} ways[] = {
    WAY(no_release, "race"),
    WAY(no_acquire, "race"),
    WAY(fence_too_early, "race"),
    WAY(volatile_flag, "race"),
    WAY(lost_atomic_update, "assert"),
    WAY(unheeded_try, "race"),
    WAY(unheeded_time, "race"),
    WAY(readers_write, "race"),
    WAY(too_many_tickets, "race"),
    WAY(after_the_barrier, "race"),
    WAY(sleep_instead_of_join, "assert"),
    WAY(longer_sleep, "assert"),
    WAY(handler_takes_lock, "deadlock"),
    WAY(cancelled_with_lock, "misuse"),
    WAY(used_at_exit, "race"),
    WAY(freed_by_another, "crash"),
    WAY(freed_atomic, "crash"),
};

int main(int argc, char *argv[])
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (argc < 2) {
            printf("%s %s\n", ways[i].name, ways[i].kind);
        } else if (strcmp(argv[1], ways[i].name) == 0) {
            ways[i].run();
            return 0;
        }
    return argc < 2 ? 0 : 99;
}
