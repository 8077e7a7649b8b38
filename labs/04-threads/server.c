// A box office with one thread a connection.
//
// usage: server PORT [SEATS]
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "net.h"
#include "options.h"
#include "seats.h"
#include "serve.h"

// Serves clients until the listener breaks. One client's bad luck (no thread
// to be had: EAGAIN) is that client's only.
static void serve_all(struct net_listener *listener)
{
    int connection;

    while ((connection = net_accept(listener)) >= 0) {
        // TODO (task 1): do these two lines in a thread of their own, one for
        // each connection: pthread_create(3). (task 2): how does the thread
        // get its connection? (task 3): who cleans up behind it? (task 4): what
        // if there is no thread to be had?
        serve_client(connection);
        close(connection);
    }
}

int main(int argc, char *argv[])
{
    struct options options;
    struct net_listener listener;

    if (!options_parse(argc, argv, &options))
        return 2;
    seats_open(options.seats);
    if (!net_listen(&listener, options.port))
        return EXIT_FAILURE;
    serve_all(&listener);
    net_close(&listener);
    return EXIT_FAILURE;
}
