// way: a strategy's way to decide who goes on. One file for each: way_*.c.
#ifndef WAY_H
#define WAY_H

#include "thread.h"

struct way {
    // The run begins. NULL: nothing to do.
    void (*begin)(void);
    // One of the threads that can go on, which are in the order of their
    // numbers. There is at least one.
    struct thread *(*pick)(struct thread *enabled[], int count);
    // The thread is about to carry out its op. NULL: nothing to do.
    void (*done)(struct thread *thread);
};

extern const struct way way_first, way_random, way_places, way_pct, way_pos,
    way_surw, way_delay, way_prefix, way_turns;

// ---- what several of them need ----

// The next random number, of 63 bits; from 0 to limit - 1.
uint64_t way_draw(void);
uint64_t way_draw_below(uint64_t limit);

// How many decisions there were in this run before this one, and how many there
// may be in all: as many as in the run before or, every other time, as in the
// longest so far.
uint32_t way_decisions(void);
uint32_t way_decisions_to_come(void);

// Whoever was chosen last, or else the next one in the circle; `skip` of them
// are passed over.
struct thread *way_next(struct thread *enabled[], int count, int skip);

// Whether so many decisions have gone to others that it is the thread's turn,
// whatever the strategy; such a thread, or NULL.
bool way_is_starved(const struct thread *thread);
struct thread *way_starved(struct thread *enabled[], int count);

// The one with the highest priority.
struct thread *way_highest(struct thread *enabled[], int count);

#endif
