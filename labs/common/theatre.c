#include "theatre.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "net.h"
#include "options.h"
#include "seats.h"

enum { PATIENCE = 1000 }; // milliseconds for clients to read their last replies

struct door {
    struct net_listener listener;
    const struct theatre *theatre;
};

static void say(int connection, const char *line)
{
    net_send(connection, line, strlen(line));
}

void theatre_say_closing(int connection)
{
    say(connection, "ERR closing\n");
}

static void turn_away(int connection, bool is_closing)
{
    say(connection, is_closing ? "ERR closing\n" : "ERR busy\n");
    close(connection);
}

static void *receive_clients(void *argument)
{
    struct door *door = argument;
    int connection;

    while ((connection = net_accept(&door->listener)) >= 0)
        if (!door->theatre->admit(connection))
            turn_away(connection, door->theatre->is_closing());
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

static bool open_door(struct door *door)
{
    pthread_t thread;
    int error = pthread_create(&thread, NULL, receive_clients, door);

    if (error == 0)
        error = pthread_detach(thread); // it ends with the process
    if (error != 0)
        log_line("cannot start a thread: %s", strerror(error));
    return error == 0;
}

int theatre_run(int argc, char *argv[], const struct theatre *theatre)
{
    static struct door door; // its thread outlives main
    struct options options;
    sigset_t signals;
    int signal;

    if (!options_parse(argc, argv, &options))
        return 2;
    door.theatre = theatre;
    block(&signals);
    seats_open(options.seats);
    if (!theatre->open(options.workers) ||
        !net_listen(&door.listener, options.port) || !open_door(&door))
        return EXIT_FAILURE;
    sigwait(&signals, &signal);
    pthread_sigmask(SIG_UNBLOCK, &signals,
                    NULL); // a second one ends it at once
    theatre->close(PATIENCE);
    return EXIT_SUCCESS;
}
