// What the programs of the set share: threads are started, and waited for.
#ifndef THREADS_H
#define THREADS_H

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

enum { STARTED_LIMIT = 128 };

static pthread_t started[STARTED_LIMIT];
static int started_count;

// Starts a thread, which learns its number.
static inline void start(void *(*routine)(void *), int number)
{
    if (started_count == STARTED_LIMIT ||
        pthread_create(&started[started_count++], NULL, routine,
                       (void *)(intptr_t)number) != 0)
        abort();
}

static inline void start_many(void *(*routine)(void *), int count)
{
    for (int i = 0; i < count; i++)
        start(routine, i);
}

static inline void join_all(void)
{
    for (int i = 0; i < started_count; i++)
        pthread_join(started[i], NULL);
}

#endif
