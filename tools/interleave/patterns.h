// patterns: accesses that are not atomic together.
#ifndef PATTERNS_H
#define PATTERNS_H

#include "story.h"

// One thread reads something, another one writes it, and then the first one
// writes it. Lu et al., "Learning from Mistakes", ASPLOS 2008, section 4.
struct stale {
    uint32_t read, between, last, write; // steps; between, last: of others
    bool read_again; // before it writes; so it could have known
};

// Looks for what was written last in that way. The failure begins with the step
// `from`: bytes that `thread` reads there come first. Returns false if there is
// no such thing.
bool patterns_stale(const struct story *story, int thread, uint32_t from,
                    struct stale *stale);

// One thread reads two things, and another one writes the first of them after,
// and the second before it is read: they do not belong together.
struct torn {
    uint32_t first, second; // reads
    uint32_t after, before; // writes
};

// Looks for the last such reads of the thread.
bool patterns_torn(const struct story *story, int thread, struct torn *torn);

// A thread reads something; others change it, and back; then the first one
// compares, finds nothing changed, and swaps. M. M. Michael, "Hazard Pointers",
// IEEE TPDS 15(6), 2004, section 2.
struct aba {
    uint32_t read, away, back, swap; // steps
};

// Looks for the last one.
bool patterns_aba(const struct story *story, struct aba *aba);

// Whether a step is a write that makes what was read one more, or one less.
bool patterns_is_count(const struct step *read, const struct step *write);

// The last step before that one that wrote to what it touches; -1: none.
int64_t patterns_writer(const struct story *story, uint32_t number);

// The last step with which the thread (-1: any) took the lock; -1: none.
int64_t patterns_taken(const struct story *story, int thread, uint64_t lock);

#endif
