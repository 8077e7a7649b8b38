#include "lobby.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "log.h"

enum {
    NUMBERS = 4096, // those of connections are below that
    STACK_SIZE = 256 * 1024,
};

// Protects what follows. It is never held while a client is served.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t empty; // nobody is inside; its clock: prepare_condition

static void *guests[NUMBERS]; // by connection; NULL: nobody
static int inside;            // how many
static bool closing;

// Set before there are other threads.
static int list; // the kernel's
static bool (*serve)(void *guest);
static void (*part)(void *guest);

// ---- coming and going ----

// The next thing that comes from the client is reported to one worker, and
// nothing more (EPOLLONESHOT) until this is called again. `how` is
// EPOLL_CTL_ADD or _MOD. The caller holds the lock.
static bool await(int connection, int how)
{
    struct epoll_event event = {
        .events = EPOLLIN | EPOLLONESHOT,
        .data.fd = connection,
    };

    return epoll_ctl(list, how, connection, &event) == 0;
}

bool lobby_enter(int connection, void *guest)
{
    pthread_mutex_lock(&lock);
    bool enters =
        !closing && connection < NUMBERS && await(connection, EPOLL_CTL_ADD);
    if (enters) {
        guests[connection] = guest;
        inside++;
    }
    pthread_mutex_unlock(&lock);
    return enters;
}

static void let_wait(int connection)
{
    pthread_mutex_lock(&lock);
    await(connection, EPOLL_CTL_MOD); // it is in the list: that cannot fail
    pthread_mutex_unlock(&lock);
}

// From now on nobody else knows the connection; so its number may go.
static void let_go(int connection)
{
    pthread_mutex_lock(&lock);
    guests[connection] = NULL;
    inside--;
    if (inside == 0)
        pthread_cond_signal(&empty);
    pthread_mutex_unlock(&lock);
    close(connection); // and it is in the list no more
}

// ---- the workers ----

// Waits until something comes. Returns the connection.
static int await_any(void)
{
    struct epoll_event event;

    while (epoll_wait(list, &event, 1, -1) < 1)
        ; // a debugger has stopped us: epoll_wait(2), EINTR
    return event.data.fd;
}

// epoll_wait is none of the functions that synchronize memory (POSIX, XBD
// 4.12). Taking the lock, which the worker before has had in let_wait, is: so
// this one sees what that one has done for the guest.
static void *guest_of(int connection)
{
    pthread_mutex_lock(&lock);
    void *guest = guests[connection];
    pthread_mutex_unlock(&lock);
    return guest;
}

static void *work(void *argument)
{
    for (;;) {
        int connection = await_any();
        void *guest = guest_of(connection);

        if (serve(guest)) {
            let_wait(connection);
        } else {
            part(guest);
            let_go(connection);
        }
    }
    return argument;
}

// The time limit of lobby_close must not depend on somebody setting the clock.
static int prepare_condition(void)
{
    pthread_condattr_t attributes;
    int error = pthread_condattr_init(&attributes);

    if (error == 0)
        error = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    if (error == 0)
        error = pthread_cond_init(&empty, &attributes);
    return error;
}

// Nobody joins the workers: they end with the process.
static int start_workers(int count)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int error = pthread_attr_init(&attributes);

    if (error == 0)
        error =
            pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    if (error == 0)
        error = pthread_attr_setstacksize(&attributes, STACK_SIZE);
    for (int i = 0; i < count && error == 0; i++)
        error = pthread_create(&thread, &attributes, work, NULL);
    return error;
}

bool lobby_open(int workers, bool (*serve_one)(void *),
                void (*part_with)(void *))
{
    serve = serve_one;
    part = part_with;
    list = epoll_create1(EPOLL_CLOEXEC);
    int error = list < 0 ? errno : prepare_condition();
    if (error == 0)
        error = start_workers(workers);
    if (error != 0)
        log_line("cannot start %d workers: %s", workers, strerror(error));
    return error == 0;
}

// ---- closing ----

bool lobby_is_closing(void)
{
    pthread_mutex_lock(&lock);
    bool now = closing;
    pthread_mutex_unlock(&lock);
    return now;
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

// Who is inside has not been closed. The caller holds the lock.
static void shut_down(int how)
{
    for (int i = 0; i < NUMBERS; i++)
        if (guests[i] != NULL)
            shutdown(i, how);
}

void lobby_close(int patience)
{
    struct timespec limit = in_milliseconds(patience);
    int error = 0;

    pthread_mutex_lock(&lock);
    closing = true;
    shut_down(SHUT_RD);
    while (inside > 0 && error == 0)
        error = pthread_cond_timedwait(&empty, &lock, &limit);
    shut_down(SHUT_RDWR);
    while (inside > 0)
        pthread_cond_wait(&empty, &lock);
    pthread_mutex_unlock(&lock);
}
