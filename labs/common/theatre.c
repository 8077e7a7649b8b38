#include "theatre.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "net.h"
#include "options.h"
#include "pool.h"
#include "seats.h"

enum {
    ROOM = 16, // clients who wait in the queue; the others wait in the kernel's
    PATIENCE = 1000, // milliseconds for clients to read their last replies
};

static void say_closing(int connection)
{
    net_send(connection, "ERR closing\n", strlen("ERR closing\n"));
}

static bool (*serve)(int connection);

static void attend(int connection)
{
    if (serve(connection) && pool_is_closing())
        say_closing(connection);
}

// The thread at the door. Who comes when the pool is closing is told so.
static void *receive_clients(void *argument)
{
    struct net_listener *listener = argument;
    int connection;

    while ((connection = net_accept(listener)) >= 0)
        if (!pool_put(connection)) {
            say_closing(connection);
            close(connection);
        }
    exit(EXIT_FAILURE);
}

// A signal can come in the middle of anything, also of malloc: little may be
// done in a handler (signal-safety(7)). So there is none. The signals are
// blocked, in this thread and in those that it starts, and one thread waits for
// them, as for anything else.
static void block(sigset_t *signals)
{
    sigemptyset(signals);
    sigaddset(signals, SIGTERM);
    sigaddset(signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, signals, NULL);
}

static bool open_door(struct net_listener *listener)
{
    pthread_t thread;
    int error = pthread_create(&thread, NULL, receive_clients, listener);

    if (error == 0)
        error = pthread_detach(thread); // it ends with the process
    if (error != 0)
        log_line("cannot start a thread: %s", strerror(error));
    return error == 0;
}

int theatre_run(int argc, char *argv[], bool (*serve_one)(int connection))
{
    static struct net_listener listener; // its thread outlives main
    struct options options;
    sigset_t signals;
    int signal;

    if (!options_parse(argc, argv, &options))
        return 2;
    serve = serve_one;
    block(&signals);
    seats_open(options.seats);
    if (!pool_open(options.workers, ROOM, attend) ||
        !net_listen(&listener, options.port) || !open_door(&listener))
        return EXIT_FAILURE;
    sigwait(&signals, &signal);
    pthread_sigmask(SIG_UNBLOCK, &signals,
                    NULL); // a second one ends it at once
    pool_close(PATIENCE);
    return EXIT_SUCCESS;
}
