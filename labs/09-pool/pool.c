// The pool: workers, and the queue in which connections wait for them.
#include "pool.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "log.h"
#include "options.h"

enum { STACK_SIZE = 256 * 1024 };

// Protects all that follows. It is never held while a connection is served.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int room;                   // places in the queue
static int queue[POOL_ROOM_LIMIT]; // a ring: the first one, and those behind it
static int first;
static int waiting; // how many

static bool closing;

static void (*serve)(int connection);

// Takes the first one out of the queue. Returns false if nobody waits.
static bool try_to_take(int *connection)
{
    pthread_mutex_lock(&lock);
    bool taken = waiting > 0;
    if (taken) {
        *connection = queue[first];
        first = (first + 1) % room;
        waiting--;
    }
    pthread_mutex_unlock(&lock);
    return taken;
}

// Returns the next connection.
static int take(void)
{
    int connection;

    while (!try_to_take(&connection))
        ; // ask again, and again
    return connection;
}

static void *work(void *argument)
{
    (void)argument;
    for (;;) {
        int connection = take();

        serve(connection);
        close(connection);
    }
    return NULL;
}

// Nobody joins the workers.
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
        error = pthread_create(&thread, &attributes, work, NULL);
    return error;
}

bool pool_open(int worker_count, int room_count, void (*serve_one)(int))
{
    room = room_count;
    serve = serve_one;
    int error = start_workers(worker_count);
    if (error != 0)
        log_line("cannot start %d workers: %s", worker_count, strerror(error));
    return error == 0;
}

// Puts the connection into the queue. Returns false if that is full.
static bool try_to_put(int connection)
{
    pthread_mutex_lock(&lock);
    bool done = waiting < room;
    if (done) {
        queue[(first + waiting) % room] = connection;
        waiting++;
    }
    pthread_mutex_unlock(&lock);
    return done;
}

bool pool_put(int connection)
{
    while (!try_to_put(connection))
        if (pool_is_closing())
            return false;
    return true;
}

bool pool_is_closing(void)
{
    pthread_mutex_lock(&lock);
    bool now = closing;
    pthread_mutex_unlock(&lock);
    return now;
}

void pool_close(int patience)
{
    (void)patience;
    pthread_mutex_lock(&lock);
    closing = true;
    pthread_mutex_unlock(&lock);
}
