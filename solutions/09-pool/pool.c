// The pool: workers, and the queue in which connections wait for them.
#include "pool.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "log.h"
#include "options.h"

enum { NOBODY = -1, STACK_SIZE = 256 * 1024 };

// Protects all that follows. It is never held while a connection is served.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// Each condition has its own variable, and whoever makes it true says so.
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER; // somebody waits
static pthread_cond_t has_room = PTHREAD_COND_INITIALIZER;
static pthread_cond_t all_ended; // its clock is set in pool_open

static int room;                   // places in the queue
static int queue[POOL_ROOM_LIMIT]; // a ring: the first one, and those behind it
static int first;
static int waiting; // how many

static int served[WORKERS_LIMIT]; // by each worker: a connection, or NOBODY
static int workers;
static int ended; // workers that have

static enum { OPEN, CLOSING, CUTTING_OFF } state; // only ever forwards

static void (*serve)(int connection);

// The client's end of file or its end, as `state` demands. The caller holds the
// lock: so the connection is not closed meanwhile, and its number is not that
// of another one.
static void urge(int connection)
{
    if (state != OPEN && connection != NOBODY)
        shutdown(connection, state == CLOSING ? SHUT_RD : SHUT_RDWR);
}

// Waits for the next connection. Returns false if there will be none.
static bool take(int worker)
{
    pthread_mutex_lock(&lock);
    while (waiting == 0 && state == OPEN)
        pthread_cond_wait(&arrived, &lock);
    bool taken = waiting > 0;
    if (taken) {
        served[worker] = queue[first];
        first = (first + 1) % room;
        waiting--;
        urge(served[worker]);
        pthread_cond_signal(&has_room);
    }
    pthread_mutex_unlock(&lock);
    return taken;
}

// From now on nobody else touches the worker's connection. Returns it.
static int let_go(int worker)
{
    pthread_mutex_lock(&lock);
    int connection = served[worker];
    served[worker] = NOBODY;
    pthread_mutex_unlock(&lock);
    return connection;
}

static void note_end(void)
{
    pthread_mutex_lock(&lock);
    ended++;
    if (ended == workers)
        pthread_cond_signal(&all_ended);
    pthread_mutex_unlock(&lock);
}

// The argument is the worker's place in `served`.
static void *work(void *argument)
{
    int *place = argument;
    int worker = (int)(place - served);

    while (take(worker)) {
        serve(*place);
        close(let_go(worker));
    }
    note_end();
    return NULL;
}

// The time limit of pool_close must not depend on somebody setting the clock.
static int prepare_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    int error = pthread_condattr_init(&attributes);

    if (error == 0)
        error = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    if (error == 0)
        error = pthread_cond_init(condition, &attributes);
    return error;
}

// Nobody joins the workers: note_end says when they have ended.
static int prepare_threads(pthread_attr_t *attributes)
{
    int error = pthread_attr_init(attributes);

    if (error == 0)
        error =
            pthread_attr_setdetachstate(attributes, PTHREAD_CREATE_DETACHED);
    if (error == 0)
        error = pthread_attr_setstacksize(attributes, STACK_SIZE);
    return error;
}

static int start_workers(int count)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int error = prepare_threads(&attributes);

    for (int i = 0; i < count && error == 0; i++)
        error = pthread_create(&thread, &attributes, work, &served[i]);
    return error;
}

bool pool_open(int worker_count, int room_count, void (*serve_one)(int))
{
    room = room_count;
    workers = worker_count;
    serve = serve_one;
    for (int i = 0; i < workers; i++)
        served[i] = NOBODY;
    int error = prepare_condition(&all_ended);
    if (error == 0)
        error = start_workers(workers);
    if (error != 0)
        log_line("cannot start %d workers: %s", workers, strerror(error));
    return error == 0;
}

bool pool_put(int connection)
{
    pthread_mutex_lock(&lock);
    while (waiting == room && state == OPEN)
        pthread_cond_wait(&has_room, &lock);
    bool accepted = state == OPEN;
    if (accepted) {
        queue[(first + waiting) % room] = connection;
        waiting++;
        pthread_cond_signal(&arrived);
    }
    pthread_mutex_unlock(&lock);
    return accepted;
}

bool pool_is_closing(void)
{
    pthread_mutex_lock(&lock);
    bool closing = state != OPEN;
    pthread_mutex_unlock(&lock);
    return closing;
}

static struct timespec in_milliseconds(int milliseconds)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_nsec += milliseconds % 1000 * 1000000L;
    time.tv_sec += milliseconds / 1000 + time.tv_nsec / 1000000000L;
    time.tv_nsec %= 1000000000L;
    return time;
}

// The caller holds the lock.
static void urge_all(void)
{
    for (int i = 0; i < workers; i++)
        urge(served[i]);
}

void pool_close(int patience)
{
    struct timespec limit = in_milliseconds(patience);
    int error = 0;

    pthread_mutex_lock(&lock);
    state = CLOSING;
    pthread_cond_broadcast(&arrived);
    pthread_cond_broadcast(&has_room);
    urge_all();
    while (ended < workers && error == 0)
        error = pthread_cond_timedwait(&all_ended, &lock, &limit);
    state = CUTTING_OFF;
    urge_all();
    while (ended < workers)
        pthread_cond_wait(&all_ended, &lock);
    pthread_mutex_unlock(&lock);
}
