// audience: a thread that drives the watchers while the clients work.
#ifndef AUDIENCE_H
#define AUDIENCE_H

#include <pthread.h>

#include "watcher.h"
#include "worker.h"

struct audience {
    struct swarm *swarm;
    struct watcher *watcher;
    int watchers;
    int *names; // that the watchers may use, one visit each
    int named, names_used;
    pthread_t thread;
    int epoll;
    int there;         // watchers with a connection
    int64_t last_line; // when one of them last got one
    int64_t last_step; // when the clients were done, or since then a watcher
                       // got a reply or left

    // What the watchers saw. Those without a name have a number below NOBODY.
    struct operation *operation;
    int operations, operation_room;
    struct listening listening;
    int visits;  // connections in the course of time
    int dropped; // that were too slow
    int closing; // that heard that the server ends
    int cut_off, turned_away;
    bool hung;
};

// Makes the watchers that the options ask for, with names that are added to the
// history: before any thread is started.
void audience_init(struct audience *audience, struct swarm *swarm,
                   struct history *history);

// Starts the thread, and waits until the first watchers are listening. Returns
// false, having said why, if that fails.
bool audience_start(struct audience *audience);

// Waits until the last watcher has left, after swarm->done is set. Adds what
// they saw to the history.
void audience_join(struct audience *audience, struct history *history);

void audience_release(struct audience *audience);

#endif
