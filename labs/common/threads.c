// A box office with one thread a connection.
//
// usage: server PORT [SEATS]
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "net.h"
#include "options.h"
#include "seats.h"
#include "serve.h"

// A thread needs little stack here; the default of 8 MiB each is address space
// that a thousand threads may not find (pthread_attr_setstacksize(3)).
enum { STACK_SIZE = 256 * 1024 };

// Owns its argument and the connection in it.
static void *attend(void *argument)
{
    int connection = *(int *)argument;

    free(argument);
    serve_client(connection);
    close(connection);
    return NULL;
}

// Starts a detached thread for the connection, which the thread then owns.
// Returns 0 or an error number; then the connection is still the caller's.
static int start_thread(const pthread_attr_t *attributes, int connection)
{
    pthread_t thread;
    int *argument = malloc(sizeof *argument); // one each: never shared

    if (argument == NULL)
        return ENOMEM;
    *argument = connection;
    int error = pthread_create(&thread, attributes, attend, argument);
    if (error != 0)
        free(argument);
    return error;
}

// Serves clients until the listener breaks. One client's bad luck (no thread
// to be had: EAGAIN) is that client's only.
static void serve_all(struct net_listener *listener,
                      const pthread_attr_t *attributes)
{
    int connection;

    while ((connection = net_accept(listener)) >= 0) {
        int error = start_thread(attributes, connection);

        if (error != 0) {
            log_line("cannot start a thread: %s", strerror(error));
            net_send(connection, "ERR busy\n", strlen("ERR busy\n"));
            close(connection);
        }
    }
}

// Threads that nobody joins must be detached, or each leaves its stack behind
// when it ends: pthread_detach(3).
static int prepare(pthread_attr_t *attributes)
{
    int error = pthread_attr_init(attributes);

    if (error == 0)
        error =
            pthread_attr_setdetachstate(attributes, PTHREAD_CREATE_DETACHED);
    if (error == 0)
        error = pthread_attr_setstacksize(attributes, STACK_SIZE);
    return error;
}

int main(int argc, char *argv[])
{
    struct options options;
    struct net_listener listener;
    pthread_attr_t attributes;

    if (!options_parse(argc, argv, &options))
        return 2;
    int error = prepare(&attributes);
    if (error != 0) {
        log_line("cannot prepare threads: %s", strerror(error));
        return EXIT_FAILURE;
    }
    seats_open(options.seats);
    if (!net_listen(&listener, options.port))
        return EXIT_FAILURE;
    serve_all(&listener, &attributes);
    net_close(&listener);
    return EXIT_FAILURE;
}
