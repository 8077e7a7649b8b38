// Each primitive, used rightly: no race and no failure in any schedule. The
// argument says which; without one, what there is.
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#ifdef __clang__ // 32 bytes at once are meant
#pragma GCC diagnostic ignored "-Watomic-alignment"
#endif

static int data, result;
static void (*work)(void);

static void *run(void *argument)
{
    work();
    return argument;
}

// The other thread does `there` while this one does `here`.
static void both(void (*there)(void), void (*here)(void))
{
    pthread_t thread;

    work = there;
    assert(pthread_create(&thread, NULL, run, NULL) == 0);
    here();
    assert(pthread_join(thread, NULL) == 0);
}

// Two threads that do the same.
static void twice(void (*there)(void))
{
    both(there, there);
    assert(data == 2);
}

static struct timespec in_seconds(int seconds)
{
    struct timespec time;

    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_sec += seconds;
    return time;
}

// ---- atomics ----

static atomic_int flag;
static atomic_char small;
static atomic_short medium;
static atomic_long large;
static _Atomic __int128 huge;
static struct triple {
    int part[8];
} zeros;
static _Atomic struct triple odd;
static _Atomic(int *) published;

static void add_all(void)
{
    struct triple old = zeros, new;

    small++;
    medium += 1;
    atomic_fetch_add_explicit(&large, 1, memory_order_relaxed);
    huge++;
    old = atomic_load(&odd);
    do {
        new = old;
        new.part[2]++;
    } while (!atomic_compare_exchange_weak(&odd, &old, new));
}

static void sizes(void)
{
    both(add_all, add_all);
    assert(small == 2 && medium == 2 && large == 2 && huge == 2);
    struct triple last = atomic_load(&odd);
    assert(last.part[2] == 2);
}

static void publish(void)
{
    data = 1;
    atomic_store_explicit(&flag, 1, memory_order_release);
}

static void consume(void)
{
    while (!atomic_load_explicit(&flag, memory_order_acquire))
        continue;
    assert(data == 1);
}

static void release_acquire(void)
{
    both(publish, consume);
}

static void publish_fenced(void)
{
    data = 1;
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&flag, 1, memory_order_relaxed);
}

static void consume_fenced(void)
{
    while (!atomic_load_explicit(&flag, memory_order_relaxed))
        sched_yield();
    atomic_thread_fence(memory_order_acquire);
    assert(data == 1);
}

static void fences(void)
{
    both(publish_fenced, consume_fenced);
}

// C11, 5.1.2.4: an update by another thread goes on with the release sequence.
static void continue_sequence(void)
{
    atomic_fetch_add_explicit(&flag, 1, memory_order_relaxed);
    while (atomic_load_explicit(&flag, memory_order_acquire) < 2)
        continue;
}

static void publish_first(void)
{
    data = 1;
    atomic_fetch_add_explicit(&flag, 1, memory_order_release);
}

static void count_both(void)
{
    publish_first();
    while (atomic_load_explicit(&flag, memory_order_acquire) < 2)
        continue;
}

static void wait_both(void)
{
    continue_sequence();
    assert(data == 1);
}

static void release_sequence(void)
{
    both(count_both, wait_both);
}

static void publish_pointer(void)
{
    int *fresh = malloc(sizeof *fresh);

    *fresh = 7;
    atomic_store(&published, fresh);
}

static void use_pointer(void)
{
    int *seen;

    while ((seen = atomic_load(&published)) == NULL)
        continue;
    assert(*seen == 7);
    free(seen);
}

static void pointers(void)
{
    both(publish_pointer, use_pointer);
}

static atomic_flag taken = ATOMIC_FLAG_INIT;

static void with_flag(void)
{
    while (atomic_flag_test_and_set_explicit(&taken, memory_order_acquire))
        sched_yield();
    data++;
    atomic_flag_clear_explicit(&taken, memory_order_release);
}

static void own_spinlock(void)
{
    twice(with_flag);
}

// ---- mutexes ----

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void renew_lock(int type, int robust)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, type);
    pthread_mutexattr_setrobust(&attributes, robust);
    assert(pthread_mutex_init(&lock, &attributes) == 0);
    pthread_mutexattr_destroy(&attributes);
}

static void with_lock(void)
{
    assert(pthread_mutex_lock(&lock) == 0);
    data++;
    assert(pthread_mutex_unlock(&lock) == 0);
}

static void normal(void)
{
    twice(with_lock);
    assert(pthread_mutex_destroy(&lock) == 0);
}

static void lock_twice(void)
{
    pthread_mutex_lock(&lock);
    with_lock();
    pthread_mutex_unlock(&lock);
}

static void recursive(void)
{
    renew_lock(PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_STALLED);
    twice(lock_twice);
}

static void check_errors(void)
{
    with_lock();
    assert(pthread_mutex_unlock(&lock) == EPERM);
    pthread_mutex_lock(&lock);
    assert(pthread_mutex_lock(&lock) == EDEADLK);
    pthread_mutex_unlock(&lock);
}

static void errorcheck(void)
{
    renew_lock(PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_STALLED);
    twice(check_errors);
}

static void die_with_lock(void)
{
    pthread_mutex_lock(&lock);
    data = 1;
}

static void *die(void *argument)
{
    die_with_lock();
    return argument;
}

static void robust(void)
{
    pthread_t thread;

    renew_lock(PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST);
    pthread_create(&thread, NULL, die, NULL);
    int error = pthread_mutex_lock(&lock);
    assert(error == 0 || error == EOWNERDEAD);
    if (error == EOWNERDEAD) {
        assert(data == 1);
        assert(pthread_mutex_consistent(&lock) == 0);
    }
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    if (error == 0) {
        assert(pthread_mutex_lock(&lock) == EOWNERDEAD);
        pthread_mutex_unlock(&lock);
        assert(pthread_mutex_lock(&lock) == ENOTRECOVERABLE);
    }
}

static void try_lock(void)
{
    while (pthread_mutex_trylock(&lock) != 0)
        sched_yield();
    data++;
    pthread_mutex_unlock(&lock);
}

static void tries(void)
{
    twice(try_lock);
}

static void lock_in_time(void)
{
    struct timespec until = in_seconds(5);

    while (pthread_mutex_timedlock(&lock, &until) != 0)
        until = in_seconds(5); // others may take as long as they like
    sleep(1);
    data++;
    pthread_mutex_unlock(&lock);
    while (pthread_mutex_clocklock(&lock, CLOCK_REALTIME, &until) != 0)
        until = in_seconds(5);
    pthread_mutex_unlock(&lock);
}

static void timed(void)
{
    twice(lock_in_time);
}

static void give_up(void)
{
    struct timespec until = in_seconds(1);

    assert(pthread_mutex_timedlock(&lock, &until) == ETIMEDOUT);
}

static void *give_up_there(void *argument)
{
    give_up();
    return argument;
}

static void timed_out(void)
{
    pthread_t thread;

    pthread_mutex_lock(&lock);
    pthread_create(&thread, NULL, give_up_there, NULL);
    pthread_join(thread, NULL);
    pthread_mutex_unlock(&lock);
}

static pthread_spinlock_t spin;

static void with_spinlock(void)
{
    pthread_spin_lock(&spin);
    data++;
    pthread_spin_unlock(&spin);
}

static void spinlock(void)
{
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    twice(with_spinlock);
    pthread_spin_destroy(&spin);
}

// ---- condition variables ----

static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

static void announce(void)
{
    pthread_mutex_lock(&lock);
    data = 1;
    pthread_cond_signal(&ready);
    pthread_mutex_unlock(&lock);
}

static void wait_long(void)
{
    pthread_mutex_lock(&lock);
    while (data == 0)
        pthread_cond_wait(&ready, &lock);
    pthread_mutex_unlock(&lock);
}

static void condition(void)
{
    both(announce, wait_long);
}

static void announce_late(void)
{
    sleep(1);
    announce();
}

static void wait_in_time(void)
{
    struct timespec until = in_seconds(5);

    pthread_mutex_lock(&lock);
    while (data == 0)
        if (pthread_cond_timedwait(&ready, &lock, &until) != 0)
            until = in_seconds(5);
    pthread_mutex_unlock(&lock);
}

static void condition_in_time(void)
{
    both(announce_late, wait_in_time);
}

static void wait_in_vain(void)
{
    struct timespec before, after, until;

    clock_gettime(CLOCK_MONOTONIC, &before);
    until = before;
    until.tv_sec += 2;
    pthread_mutex_lock(&lock);
    assert(pthread_cond_clockwait(&ready, &lock, CLOCK_MONOTONIC, &until) ==
           ETIMEDOUT);
    pthread_mutex_unlock(&lock);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert(after.tv_sec - before.tv_sec >= 2);
}

static void condition_timed_out(void)
{
    both(with_lock, wait_in_vain);
}

static int turn;

static void wait_for_turn(int number)
{
    while (turn < number)
        pthread_cond_wait(&ready, &lock);
}

static void answer(void)
{
    pthread_mutex_lock(&lock);
    wait_for_turn(1);
    turn = 2;
    pthread_cond_signal(&ready);
    pthread_mutex_unlock(&lock);
}

static void ask(void)
{
    pthread_mutex_lock(&lock);
    turn = 1;
    pthread_cond_signal(&ready);
    wait_for_turn(2);
    pthread_mutex_unlock(&lock);
}

// A signal is for those who wait when it comes, and not for who waits later.
static void condition_to_and_fro(void)
{
    both(answer, ask);
}

static void wait_like_others(void)
{
    pthread_mutex_lock(&lock);
    wait_for_turn(1);
    pthread_mutex_unlock(&lock);
}

static void condition_for_all(void)
{
    pthread_t thread[2];

    work = wait_like_others;
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, run, NULL);
    pthread_mutex_lock(&lock);
    turn = 1;
    pthread_cond_broadcast(&ready);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
}

// ---- read-write locks ----

static pthread_rwlock_t house = PTHREAD_RWLOCK_INITIALIZER;

static void write_house(void)
{
    pthread_rwlock_wrlock(&house);
    data++;
    pthread_rwlock_unlock(&house);
}

static void read_house(void)
{
    struct timespec until = in_seconds(9);

    pthread_rwlock_rdlock(&house);
    pthread_rwlock_rdlock(&house);
    result = data;
    pthread_rwlock_unlock(&house);
    pthread_rwlock_unlock(&house);
    if (pthread_rwlock_tryrdlock(&house) == 0)
        pthread_rwlock_unlock(&house);
    if (pthread_rwlock_trywrlock(&house) == 0)
        pthread_rwlock_unlock(&house);
    while (pthread_rwlock_timedrdlock(&house, &until) != 0)
        until = in_seconds(5);
    pthread_rwlock_unlock(&house);
    while (pthread_rwlock_clockwrlock(&house, CLOCK_REALTIME, &until) != 0)
        until = in_seconds(5);
    data++;
    pthread_rwlock_unlock(&house);
}

static void rwlock(void)
{
    both(write_house, read_house);
    assert(data == 2);
}

// ---- semaphores, barriers, once ----

static sem_t unnamed, *semaphore;

static void post(void)
{
    data = 1;
    sem_post(semaphore);
}

static void take(void)
{
    struct timespec until = in_seconds(5);

    if (sem_trywait(semaphore) != 0) {
        assert(errno == EAGAIN);
        while (sem_timedwait(semaphore, &until) != 0)
            until = in_seconds(5);
    }
    assert(data == 1);
    until = in_seconds(1);
    assert(sem_timedwait(semaphore, &until) == -1 && errno == ETIMEDOUT);
}

static void semaphores(void)
{
    semaphore = &unnamed;
    sem_init(semaphore, 0, 0);
    both(post, take);
    sem_destroy(semaphore);
}

static void named_semaphores(void)
{
    assert(sem_open("/tickets", 0) == SEM_FAILED && errno == ENOENT);
    semaphore = sem_open("/tickets", O_CREAT | O_EXCL, 0600, 0);
    assert(semaphore != SEM_FAILED && sem_open("/tickets", 0) == semaphore);
    both(post, take);
    sem_close(semaphore);
    sem_unlink("/tickets");
}

static pthread_barrier_t barrier;
static int seen[2];

static void set_first(void)
{
    seen[0] = 1;
    pthread_barrier_wait(&barrier);
    assert(seen[1] == 1);
    pthread_barrier_wait(&barrier);
    seen[0] = 2;
}

static void set_second(void)
{
    seen[1] = 1;
    pthread_barrier_wait(&barrier);
    assert(seen[0] == 1);
    pthread_barrier_wait(&barrier);
    seen[1] = 2;
}

static void barriers(void)
{
    pthread_barrier_init(&barrier, NULL, 2);
    both(set_first, set_second);
    pthread_barrier_destroy(&barrier);
}

static pthread_once_t control = PTHREAD_ONCE_INIT;

static void set_up(void)
{
    data = 5;
}

static void set_up_once(void)
{
    pthread_once(&control, set_up);
    assert(data == 5);
}

static void once(void)
{
    both(set_up_once, set_up_once);
}

// ---- what each thread has for itself ----

static pthread_key_t key;
static _Thread_local int own = 3;
static atomic_int destroyed;

static void destroy(void *value)
{
    assert(*(int *)value == 4);
    free(value);
    destroyed++;
}

static void use_own(void)
{
    int *value = malloc(sizeof *value);

    *value = 4;
    assert(pthread_getspecific(key) == NULL && own == 3);
    pthread_setspecific(key, value);
    own++;
    assert(pthread_getspecific(key) == value && own == 4);
}

static void specific(void)
{
    pthread_key_create(&key, destroy);
    both(use_own, use_own);
    assert(destroyed == 1);
    free(pthread_getspecific(key));
    pthread_key_delete(key);
}

// ---- cancellation ----

static atomic_int cleaned;

static void clean(void *argument)
{
    pthread_mutex_unlock(argument);
    cleaned++;
}

static void *wait_for_ever(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(clean, &lock);
    for (;;)
        pthread_cond_wait(&ready, &lock);
    pthread_cleanup_pop(1);
    return argument;
}

static void *sleep_for_ever(void *argument)
{
    int old;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
    assert(old == PTHREAD_CANCEL_ENABLE);
    sleep(1);
    with_lock();
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    for (;;)
        pause();
    return argument;
}

static void cancel(void *(*start)(void *))
{
    pthread_t thread;
    void *value;

    pthread_create(&thread, NULL, start, NULL);
    pthread_cancel(thread);
    pthread_join(thread, &value);
    assert(value == PTHREAD_CANCELED);
}

static void cancel_wait(void)
{
    cancel(wait_for_ever);
    with_lock(); // nobody holds it any more
}

static void cancel_late(void)
{
    cancel(sleep_for_ever);
    assert(data == 1);
}

static void *exit_there(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(clean, &lock);
    if (argument == NULL)
        pthread_exit(&data);
    pthread_cleanup_pop(0);
    return NULL;
}

static void exit_cleanly(void)
{
    pthread_t thread;
    void *value;

    pthread_create(&thread, NULL, exit_there, NULL);
    pthread_join(thread, &value);
    assert(value == &data && cleaned == 1);
}

// ---- C11 threads ----

static mtx_t door;
static cnd_t opened;
static once_flag flag_once = ONCE_FLAG_INIT;

static void set_up_result(void)
{
    result = 5;
}

static int enter(void *argument)
{
    struct timespec until = in_seconds(9);

    call_once(&flag_once, set_up_result);
    while (mtx_timedlock(&door, &until) != thrd_success)
        until = in_seconds(9);
    data = 6;
    cnd_broadcast(&opened);
    mtx_unlock(&door);
    thrd_sleep(&(struct timespec){1, 0}, NULL);
    thrd_exit(argument != NULL ? 8 : 9);
}

static void c11_threads(void)
{
    thrd_t thread;
    int value;

    mtx_init(&door, mtx_timed | mtx_recursive);
    cnd_init(&opened);
    assert(thrd_create(&thread, enter, &data) == thrd_success);
    mtx_lock(&door);
    mtx_lock(&door);
    mtx_unlock(&door);
    while (data != 6)
        cnd_wait(&opened, &door);
    mtx_unlock(&door);
    assert(thrd_join(thread, &value) == thrd_success && value == 8);
    cnd_destroy(&opened);
    mtx_destroy(&door);
}

// ---- time and chance ----

static void sleeps(void)
{
    time_t before = time(NULL);
    struct timespec rest = {3, 500000000};

    sleep(2);
    usleep(500000);
    nanosleep(&rest, NULL);
    clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, NULL);
    assert(time(NULL) - before >= 9);
}

static void clocks(void)
{
    time_t until = time(NULL) + 2;

    while (time(NULL) < until)
        continue;
    assert(clock() >= 2 * CLOCKS_PER_SEC);
}

// ---- stdio ----

static void print(void)
{
    for (int i = 0; i < 3; i++) {
        flockfile(stdout);
        printf("%d", i);
        with_lock();
        puts("");
        funlockfile(stdout);
        printf("%s\n", "in between");
    }
}

static void stdio(void)
{
    both(print, print);
}

// ---- memory ----

static void allocates(void)
{
    void *memory;
    char *text = NULL, *line = malloc(1);
    size_t size = 1;
    char page[200] = "";
    FILE *file = fmemopen(page, sizeof page, "w+");

    assert(posix_memalign(&memory, 256, 10) == 0);
    assert((uintptr_t)memory % 256 == 0);
    memset(memory, 1, 10);
    free(memory);
    memory = aligned_alloc(64, 128);
    assert((uintptr_t)memory % 64 == 0);
    memory = realloc(memory, 1000);
    memory = reallocarray(memory, 10, 200);
    memset(memory, 1, 2000);
    free(memory);
    int *zero = calloc(10, sizeof *zero);
    assert(zero[9] == 0);
    free(zero);
    assert(asprintf(&text, "%d seats", 7) == 7 && strcmp(text, "7 seats") == 0);
    free(text);
    text = strndup("abcdef", 3);
    assert(strcmp(text, "abc") == 0);
    free(text);
    fputs("a line that is longer than the buffer\nand another\n", file);
    rewind(file);
    assert(getline(&line, &size, file) > 30);
    assert(getline(&line, &size, file) == 12);
    assert(strcmp(line, "and another\n") == 0);
    free(line);
    fclose(file);
    free(realpath("/", NULL)); // memory of the C library's own
}

static void memory(void)
{
    both(allocates, allocates);
}

// ---- signals ----

static volatile sig_atomic_t handled;
static atomic_int handled_by;

static void handle(int signal)
{
    handled = signal;
    handled_by++;
}

static void wait_for_handler(void)
{
    while (handled_by == 0)
        sched_yield();
}

static void handlers(void)
{
    struct sigaction action = {.sa_handler = handle};
    pthread_t thread;

    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    assert(handled == SIGUSR1 && handled_by == 1);
    handled_by = 0;
    work = wait_for_handler;
    pthread_create(&thread, NULL, run, NULL);
    pthread_kill(thread, SIGUSR1);
    pthread_join(thread, NULL);
    assert(handled_by == 1);
    kill(getpid(), SIGUSR1);
    assert(handled_by == 2);
}

static sigset_t of_interest(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigaddset(&set, SIGTERM);
    return set;
}

static void wait_for_signal(void)
{
    sigset_t set = of_interest();
    siginfo_t sent;
    int signal;

    assert(sigwait(&set, &signal) == 0);
    assert(data == 1);
    assert(sigwaitinfo(&set, &sent) == SIGTERM + SIGUSR2 - signal);
    assert(sent.si_signo == SIGTERM || sent.si_value.sival_int == 5);
}

static void *wait_there(void *argument)
{
    wait_for_signal();
    return argument;
}

static void waits_for_signals(void)
{
    sigset_t set = of_interest(), pending;
    pthread_t thread;

    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_create(&thread, NULL, wait_there, NULL);
    data = 1;
    kill(getpid(), SIGTERM);
    sigqueue(getpid(), SIGUSR2, (union sigval){.sival_int = 5});
    pthread_join(thread, NULL);
    raise(SIGUSR2);
    sigpending(&pending);
    assert(sigismember(&pending, SIGUSR2) == 1);
    assert(sigtimedwait(&set, NULL, &(struct timespec){1, 0}) == SIGUSR2);
    assert(sigtimedwait(&set, NULL, &(struct timespec){1, 0}) == -1);
}

static void take_interrupted(void)
{
    while (sem_wait(semaphore) != 0)
        assert(errno == EINTR && handled_by == 1);
}

static void interrupts(void)
{
    struct sigaction action = {.sa_handler = handle};
    pthread_t thread;

    semaphore = &unnamed;
    sem_init(semaphore, 0, 0);
    sigaction(SIGUSR1, &action, NULL);
    work = take_interrupted;
    pthread_create(&thread, NULL, run, NULL);
    pthread_kill(thread, SIGUSR1);
    while (handled_by == 0)
        sched_yield();
    sem_post(semaphore);
    pthread_join(thread, NULL);
}

#define WAY(name)   \
    {               \
#name, name \
    }
static const struct {
    const char *name;
    void (*run)(void);
} ways[] = {
    WAY(sizes),
    WAY(release_acquire),
    WAY(fences),
    WAY(release_sequence),
    WAY(pointers),
    WAY(own_spinlock),
    WAY(normal),
    WAY(recursive),
    WAY(errorcheck),
    WAY(robust),
    WAY(tries),
    WAY(timed),
    WAY(timed_out),
    WAY(spinlock),
    WAY(condition),
    WAY(condition_in_time),
    WAY(condition_timed_out),
    WAY(condition_to_and_fro),
    WAY(condition_for_all),
    WAY(rwlock),
    WAY(semaphores),
    WAY(named_semaphores),
    WAY(barriers),
    WAY(once),
    WAY(specific),
    WAY(cancel_wait),
    WAY(cancel_late),
    WAY(exit_cleanly),
    WAY(c11_threads),
    WAY(sleeps),
    WAY(clocks),
    WAY(stdio),
    WAY(memory),
    WAY(handlers),
    WAY(waits_for_signals),
    WAY(interrupts),
};

int main(int argc, char *argv[])
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (argc < 2) {
            puts(ways[i].name);
        } else if (strcmp(argv[1], ways[i].name) == 0) {
            ways[i].run();
            return 0;
        }
    return argc < 2 ? 0 : 99;
}
