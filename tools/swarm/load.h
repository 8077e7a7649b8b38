// load: runs the swarm: all clients at once, on a few threads.
#ifndef LOAD_H
#define LOAD_H

#include <netdb.h>

#include "history.h"
#include "options.h"

struct load {
    double seconds;       // from the first connection to the last reply
    int64_t *latency;     // nanoseconds from when a request was due to its
                          // reply; sorted
    int requests;         // answered: the length of `latency`
    int most_connections; // open at the same time
    int cut_off;          // clients whose connection the server closed
    int turned_away;      // clients whose HELLO was not answered with OK
    int cuts;             // requests that were broken off
    int closing;          // clients that heard that the server ends
    int visits;           // connections of watchers, in the course of time
    long events;          // that they heard
    int dropped;          // of these connections were too slow
    int watchers_closing; // of these connections heard that the server ends
    bool hung;            // no reply at all for the timeout
    int64_t start;        // of the history's times: the monotonic clock
};

// Sends the clients that the options ask for to the server and adds what they
// asked to `history`, which begins with the state of the house. Returns false,
// having said why, if the swarm can't be run on this machine.
bool load_run(struct load *load, struct history *history,
              const struct options *options, const struct addrinfo *server);

// Frees what load_run allocated.
void load_release(struct load *load);

#endif
