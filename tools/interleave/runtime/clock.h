// clock: vector clocks (Fidge 1988, Mattern 1989).
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "../shared.h"

// What somebody knows of every thread: how far it has come. Zeros: nothing.
struct clock {
    int threads; // the entries from here on are 0
    uint32_t at[THREADS_LIMIT];
};

// Both know afterwards what either did: `clock` learns from `other`.
void clock_join(struct clock *clock, const struct clock *other);

// Copies only what is used.
void clock_copy(struct clock *clock, const struct clock *other);

// Sets the thread's own entry.
void clock_set(struct clock *clock, int thread, uint32_t at);

uint32_t clock_get(const struct clock *clock, int thread);

#endif
