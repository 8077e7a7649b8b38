// What POSIX says that calls return: no way is a finding. The argument says
// which; without one, what there is.
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ways.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t room = PTHREAD_RWLOCK_INITIALIZER;
static const struct timespec none = {.tv_nsec = 1000000000};
static const struct timespec past = {.tv_sec = 1};

static void times_that_are_none(void)
{
    struct timespec negative = {.tv_nsec = -1};
    sem_t empty;

    sem_init(&empty, 0, 0);
    assert(sem_timedwait(&empty, &none) == -1 && errno == EINVAL);
    assert(pthread_rwlock_timedrdlock(&room, &none) == EINVAL);
    assert(nanosleep(&none, NULL) == -1 && errno == EINVAL);
    assert(nanosleep(&negative, NULL) == -1 && errno == EINVAL);
    assert(nanosleep(NULL, NULL) == -1 && errno == EFAULT);
    assert(pthread_mutex_timedlock(&lock, &none) == 0); // it need not wait
    assert(pthread_cond_timedwait(&condition, &lock, &none) == EINVAL);
    assert(pthread_cond_timedwait(&condition, &lock, &past) == ETIMEDOUT);
    pthread_mutex_unlock(&lock);
}

static void *time_out(void *argument)
{
    assert(pthread_mutex_timedlock(&lock, &none) == EINVAL);
    assert(pthread_mutex_timedlock(&lock, &past) == ETIMEDOUT);
    return argument;
}

static void locks_that_are_held(void)
{
    pthread_t thread;

    pthread_mutex_lock(&lock);
    pthread_create(&thread, NULL, time_out, NULL);
    assert(pthread_timedjoin_np(thread, NULL, NULL) == 0);
    pthread_mutex_unlock(&lock);
}

static void unknown_clocks(void)
{
    struct timespec time;

    assert(clock_gettime(9999, &time) == -1 && errno == EINVAL);
    assert(clock_nanosleep(9999, 0, &past, NULL) == EINVAL);
    pthread_mutex_lock(&lock);
    assert(pthread_cond_clockwait(&condition, &lock, 9999, &past) == EINVAL);
    pthread_mutex_unlock(&lock);
    assert(pthread_mutex_clocklock(&lock, 9999, &past) == EINVAL);
}

static void not_the_owner(void)
{
    const int types[] = {PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_RECURSIVE};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        pthread_mutexattr_t attributes;
        pthread_mutex_t mutex;

        pthread_mutexattr_init(&attributes);
        pthread_mutexattr_settype(&attributes, types[i]);
        pthread_mutex_init(&mutex, &attributes);
        assert(pthread_mutex_unlock(&mutex) == EPERM);
        assert(pthread_cond_wait(&condition, &mutex) == EPERM);
        pthread_mutex_destroy(&mutex);
    }
}

static pthread_mutex_t robust;
static int left;

static void *leave_it_locked(void *argument)
{
    pthread_mutex_lock(&robust);
    left = 1;
    pthread_cond_signal(&condition);
    return argument;
}

static void owner_dies_meanwhile(void)
{
    pthread_mutexattr_t attributes;
    pthread_t thread;
    int error = 0;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&robust, &attributes);
    pthread_mutex_lock(&robust);
    pthread_create(&thread, NULL, leave_it_locked, NULL);
    while (!left && error == 0)
        error = pthread_cond_wait(&condition, &robust);
    assert(error == EOWNERDEAD);
    assert(pthread_mutex_consistent(&robust) == 0);
    pthread_mutex_unlock(&robust);
    pthread_join(thread, NULL);
}

static void *see_errno(void *argument)
{
    assert(errno == 0);
    return argument;
}

static void errno_at_the_beginning(void)
{
    pthread_t thread;

    assert(errno == 0);
    pthread_create(&thread, NULL, see_errno, NULL);
    pthread_join(thread, NULL);
}

static void many_keys(void)
{
    pthread_key_t key;

    for (int i = 0; i < PTHREAD_KEYS_MAX - 10; i++)
        assert(pthread_key_create(&key, NULL) == 0);
}

static void many_names(void)
{
    for (int i = 0; i < 300; i++) {
        sem_t *semaphore = sem_open("/name", O_CREAT | O_EXCL, 0600, 1);

        assert(semaphore != SEM_FAILED && sem_wait(semaphore) == 0);
        assert(sem_unlink("/name") == 0 && sem_close(semaphore) == 0);
    }
}

static void own_process(void)
{
    cpu_set_t set;
    clockid_t clock;

    assert(getpgid(getpid()) == getpgid(0));
    assert(sched_getaffinity(gettid(), sizeof set, &set) == 0);
    assert(clock_getcpuclockid(getpid(), &clock) == 0);
    assert(kill(getpid(), 0) == 0);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int calls;

static void be_cancelled(void)
{
    if (++calls == 1) {
        pthread_cancel(pthread_self());
        pthread_testcancel();
    }
}

static void *call_once_only(void *argument)
{
    pthread_once(&once, be_cancelled);
    return argument;
}

static void once_is_cancelled(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, call_once_only, NULL);
    pthread_join(thread, NULL);
    pthread_once(&once, be_cancelled);
    assert(calls == 2);
}

static void *write_when_cancelled(void *file)
{
    pthread_cancel(pthread_self());
    (void)!write(*(int *)file, "x", 1);
    return NULL;
}

static void files_are_cancellation_points(void)
{
    int file = open("/dev/null", O_WRONLY);
    pthread_t thread;
    void *result;

    pthread_create(&thread, NULL, write_when_cancelled, &file);
    pthread_join(thread, &result);
    assert(result == PTHREAD_CANCELED);
}

static int may_go, waiting;

static void let_go(void *mutex)
{
    pthread_mutex_unlock(mutex);
}

static void *wait_to_go(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(let_go, &lock);
    waiting++;
    pthread_cond_broadcast(&condition);
    while (!may_go)
        pthread_cond_wait(&condition, &lock);
    may_go--;
    pthread_cleanup_pop(1);
    return argument;
}

static void cancelled_ones_take_no_signal(void)
{
    pthread_t first, second;
    void *result;

    pthread_create(&first, NULL, wait_to_go, NULL);
    pthread_create(&second, NULL, wait_to_go, NULL);
    pthread_mutex_lock(&lock);
    while (waiting < 2)
        pthread_cond_wait(&condition, &lock);
    pthread_cancel(first);
    may_go = 1;
    pthread_cond_signal(&condition);
    pthread_mutex_unlock(&lock);
    pthread_join(first, &result);
    if (result == PTHREAD_CANCELED)
        pthread_join(second, NULL);
}

static const struct way ways[] = {
    WAY(times_that_are_none, NULL),
    WAY(locks_that_are_held, NULL),
    WAY(unknown_clocks, NULL),
    WAY(not_the_owner, NULL),
    WAY(owner_dies_meanwhile, NULL),
    WAY(errno_at_the_beginning, NULL),
    WAY(many_keys, NULL),
    WAY(many_names, NULL),
    WAY(own_process, NULL),
    WAY(once_is_cancelled, NULL),
    WAY(files_are_cancellation_points, NULL),
    WAY(cancelled_ones_take_no_signal, NULL),
};

int main(int argc, char *argv[])
{
    return go(argc, argv, ways, sizeof ways / sizeof *ways);
}
