// worker: a thread that drives a share of the clients with epoll(7).
#ifndef WORKER_H
#define WORKER_H

#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "client.h"
#include "history.h"
#include "options.h"

// What all workers share. Written before they start, except for the atomics.
struct swarm {
    const struct options *options;
    const struct addrinfo *server;
    const struct history *history; // its names; nothing is added meanwhile
    int seats;                     // that the clients fight for
    int64_t start;
    int64_t begun;              // when the clients were sent, since then
    _Atomic int64_t last_reply; // when a client last got one
    atomic_int connections;     // that are open
    atomic_int most_connections;
    atomic_bool watched; // the first watchers are listening: clients may begin
    atomic_bool done; // the clients have nothing left to do: watchers go, too
};

struct worker {
    struct swarm *swarm;
    struct client *client; // its share; nobody else touches these
    int clients;
    pthread_t thread;
    int epoll;
    int busy; // clients that still have something to do

    struct operation *operation; // what its clients asked
    int operations, operation_room;
    int64_t *latency;
    int replies, latency_room;
    struct listening listening; // lines that they did not ask for
    int cut_off, turned_away, cuts, closing;
    bool hung;
};

// Sets the clock of the swarm to 0.
void swarm_begin(struct swarm *swarm);

// Nanoseconds since then.
int64_t swarm_now(const struct swarm *swarm);

// Whether a server that has said nothing since that time has hung.
bool swarm_has_hung(const struct swarm *swarm, int64_t since);

// Starts the worker's thread. Returns false, having said why, if that fails.
bool worker_start(struct worker *worker);

// Waits until all its clients are done.
void worker_join(struct worker *worker);

// Frees what the worker recorded.
void worker_release(struct worker *worker);

#endif
