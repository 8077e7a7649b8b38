// patterns: accesses that are not atomic together.
#ifndef PATTERNS_H
#define PATTERNS_H

#include "story.h"

// One thread reads something, another one writes it, and then the first one
// writes it. Lu et al., "Learning from Mistakes", ASPLOS 2008, section 4.
struct stale {
    uint32_t read, between, write; // steps
    bool read_again;               // before it writes; so it could have known
};

// Looks for what was written last in that way. The failure begins with the step
// `from`: bytes that `thread` reads there come first. Returns false if there is
// no such thing.
bool patterns_stale(const struct story *story, int thread, uint32_t from,
                    struct stale *stale);

// The last step before that one that wrote to what it touches; -1: none.
int64_t patterns_writer(const struct story *story, uint32_t number);

// The last step with which the thread (-1: any) took the lock; -1: none.
int64_t patterns_taken(const struct story *story, int thread, uint64_t lock);

#endif
