// runs: what comes out of all runs of a program.
#ifndef RUNS_H
#define RUNS_H

#include <stdbool.h>
#include <stdint.h>

#include "interleave/shared.h"
#include "random_program.h"

enum { SET_LIMIT = 1 << 13 };

struct set {
    uint32_t count;
    uint64_t member[SET_LIMIT];
};

struct runs {
    bool complete; // all were run
    uint32_t schedules;
    uint32_t passed;   // classes, as the systematic search counts them
    struct set states; // what the threads have seen, and how it ended
    struct set
        classes; // of schedules that differ in the order of dependent steps
    uint64_t findings; // a bit for each kind
    uint64_t deeds;    // operations that were carried out
    bool adjacent;     // two accesses that race came one after the other
};

// Makes what is needed to see what a run leaves. Returns false after a
// sentence.
bool runs_open(void);

// About how many schedules the program has, at the most; 0: it cannot be said.
double runs_estimate(const struct random_program *program);

// All schedules, at most so many; without data races as findings unless asked.
bool runs_enumerate(struct runs *runs, const struct random_program *program,
                    uint32_t most, bool races);

// The systematic search, up to its end or at most so many schedules.
bool runs_search(struct runs *runs, const struct random_program *program,
                 uint32_t most);

// How many members of `all` are missing.
uint32_t set_missing(const struct set *set, const struct set *all);

#endif
