// Misuse that interleave finds in the first schedule; the argument says which.
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t other_door = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t house = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static mtx_t plain;
static sem_t tickets;
static pthread_barrier_t barrier;

static void in_thread(void *(*start)(void *))
{
    pthread_t thread;

    pthread_create(&thread, NULL, start, NULL);
    pthread_join(thread, NULL);
}

static void *nothing(void *argument)
{
    return argument;
}

// ---- a thread ends with a lock ----

static void *keep_mutex(void *argument)
{
    pthread_mutex_lock(&door);
    return argument;
}

static void *keep_rwlock(void *argument)
{
    pthread_rwlock_rdlock(&house);
    return argument;
}

static void *keep_and_exit(void *argument)
{
    pthread_mutex_lock(&door);
    pthread_exit(argument);
}

static void ends_with_mutex(void)
{
    in_thread(keep_mutex);
}

static void ends_with_rwlock(void)
{
    in_thread(keep_rwlock);
}

static void exits_with_mutex(void)
{
    in_thread(keep_and_exit);
}

static void process_ends_with_mutex(void)
{
    pthread_mutex_lock(&door);
}

// ---- destroyed ----

static void *wait_for_door(void *argument)
{
    pthread_mutex_lock(&door);
    pthread_mutex_unlock(&door);
    return argument;
}

static void destroys_held(void)
{
    pthread_mutex_lock(&door);
    pthread_mutex_destroy(&door);
}

static int waits;

static void *wait_for_signal(void *argument)
{
    pthread_mutex_lock(&door);
    waits = 1;
    pthread_cond_wait(&ready, &door);
    pthread_mutex_unlock(&door);
    return argument;
}

static void destroys_awaited(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, wait_for_signal, NULL);
    pthread_mutex_lock(&door);
    while (!waits) {
        pthread_mutex_unlock(&door);
        sched_yield();
        pthread_mutex_lock(&door);
    }
    pthread_mutex_unlock(&door);
    pthread_cond_destroy(&ready);
}

static void *take_ticket(void *argument)
{
    sem_wait(&tickets);
    return argument;
}

static void destroys_semaphore(void)
{
    pthread_t thread;

    sem_init(&tickets, 0, 0);
    pthread_create(&thread, NULL, take_ticket, NULL);
    sleep(1);
    sem_destroy(&tickets);
}

static void destroys_rwlock(void)
{
    pthread_rwlock_rdlock(&house);
    pthread_rwlock_destroy(&house);
}

static void destroys_twice(void)
{
    pthread_mutex_destroy(&door);
    pthread_mutex_destroy(&door);
}

static void uses_mutex(void)
{
    pthread_mutex_destroy(&door);
    pthread_mutex_lock(&door);
}

static void uses_condition(void)
{
    pthread_cond_destroy(&ready);
    pthread_cond_signal(&ready);
}

static void uses_semaphore(void)
{
    sem_init(&tickets, 0, 1);
    sem_destroy(&tickets);
    sem_wait(&tickets);
}

static void uses_barrier(void)
{
    pthread_barrier_init(&barrier, NULL, 1);
    pthread_barrier_destroy(&barrier);
    pthread_barrier_wait(&barrier);
}

static void uses_again(void)
{
    pthread_mutex_destroy(&door);
    pthread_mutex_init(&door, NULL);
    in_thread(wait_for_door);
    pthread_mutex_destroy(&door);
    door = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    in_thread(wait_for_door);
}

// ---- unlocked by others ----

static void *unlock_mutex(void *argument)
{
    pthread_mutex_unlock(&door);
    return argument;
}

static void *unlock_spin(void *argument)
{
    pthread_spin_unlock(&spin);
    return argument;
}

static void *unlock_rwlock(void *argument)
{
    pthread_rwlock_unlock(&house);
    return argument;
}

static void *unlock_plain(void *argument)
{
    mtx_unlock(&plain);
    return argument;
}

static void unlocks_mutex(void)
{
    pthread_mutex_lock(&door);
    in_thread(unlock_mutex);
}

static void unlocks_free(void)
{
    pthread_mutex_unlock(&door);
}

static void unlocks_spin(void)
{
    pthread_spin_init(&spin, 0);
    pthread_spin_lock(&spin);
    in_thread(unlock_spin);
}

static void unlocks_written(void)
{
    pthread_rwlock_wrlock(&house);
    in_thread(unlock_rwlock);
}

static void unlocks_read(void)
{
    pthread_rwlock_rdlock(&house);
    in_thread(unlock_rwlock);
}

static void unlocks_plain(void)
{
    mtx_init(&plain, mtx_plain);
    mtx_lock(&plain);
    in_thread(unlock_plain);
}

// ---- locked again ----

static void locks_again(void)
{
    pthread_mutex_lock(&door);
    pthread_mutex_lock(&door);
}

static void spins_again(void)
{
    pthread_spin_init(&spin, 0);
    pthread_spin_lock(&spin);
    pthread_spin_lock(&spin);
}

static void writes_while_reading(void)
{
    pthread_rwlock_rdlock(&house);
    pthread_rwlock_wrlock(&house);
}

static void reads_while_writing(void)
{
    pthread_rwlock_wrlock(&house);
    pthread_rwlock_rdlock(&house);
}

static void waits_with_free(void)
{
    pthread_cond_wait(&ready, &door);
}

static void *wait_with_foreign(void *argument)
{
    pthread_mutex_lock(&other_door);
    pthread_cond_wait(&ready, &door);
    return argument;
}

static void waits_with_foreign(void)
{
    pthread_mutex_lock(&door);
    in_thread(wait_with_foreign);
}

// ---- threads ----

static void joins_itself(void)
{
    pthread_join(pthread_self(), NULL);
}

static void joins_twice(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, nothing, NULL);
    pthread_join(thread, NULL);
    pthread_join(thread, NULL);
}

static void joins_detached(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, nothing, NULL);
    pthread_detach(thread);
    pthread_join(thread, NULL);
}

static void detaches_twice(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, nothing, NULL);
    pthread_detach(thread);
    pthread_detach(thread);
}

// ---- memory ----

static void *volatile kept;

static void writes_behind(void)
{
    char *text = malloc(5);

    strcpy(text, "12345");
    free(text);
}

static void frees_twice(void)
{
    char *text = strdup("text");

    kept = text;
    free(text);
    free(kept); // NOLINT: that is the misuse
}

static void frees_middle(void)
{
    char *volatile text = malloc(100);

    text += 16;
    free(text); // NOLINT: that is the misuse
}

static void uses_freed(void)
{
    char *large = calloc(1, 100000);

    free(large);
    large[99999] = 1; // NOLINT: that is the misuse
}

// ---- what is left ----

static void leaves_thread(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, nothing, NULL);
}

static void leaves_descriptor(void)
{
    if (open("/dev/null", O_RDONLY) < 0)
        abort();
}

static void leaves_memory(void)
{
    kept = malloc(120);
    kept = NULL;
}

static void leaves_nothing(void)
{
    int descriptor = open("/dev/null", O_RDONLY);

    close(descriptor);
    free(malloc(120));
    in_thread(nothing);
}

#define WAY(name)   \
    {               \
#name, name \
    }
static const struct {
    const char *name;
    void (*run)(void);
} ways[] = {
    WAY(ends_with_mutex),      WAY(ends_with_rwlock),
    WAY(exits_with_mutex),     WAY(process_ends_with_mutex),
    WAY(destroys_held),        WAY(destroys_awaited),
    WAY(destroys_semaphore),   WAY(destroys_rwlock),
    WAY(destroys_twice),       WAY(uses_mutex),
    WAY(uses_condition),       WAY(uses_semaphore),
    WAY(uses_barrier),         WAY(uses_again),
    WAY(unlocks_mutex),        WAY(unlocks_free),
    WAY(unlocks_spin),         WAY(unlocks_written),
    WAY(unlocks_read),         WAY(unlocks_plain),
    WAY(locks_again),          WAY(spins_again),
    WAY(writes_while_reading), WAY(reads_while_writing),
    WAY(waits_with_free),      WAY(waits_with_foreign),
    WAY(joins_itself),         WAY(joins_twice),
    WAY(joins_detached),       WAY(detaches_twice),
    WAY(writes_behind),        WAY(frees_twice),
    WAY(frees_middle),         WAY(uses_freed),
    WAY(leaves_thread),        WAY(leaves_descriptor),
    WAY(leaves_memory),        WAY(leaves_nothing),
};

int main(int argc, char *argv[])
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (argc > 1 && strcmp(argv[1], ways[i].name) == 0) {
            ways[i].run();
            return 0;
        }
    return 99;
}
