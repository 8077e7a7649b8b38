// wakeup_tree: how the systematic search is to go on at a place, besides the
// way that it goes now.
//
// A tree holds sequences of steps, in the order in which they are to be tried;
// those with the same beginning share it. A sequence is put in only if no other
// one that is there, or that has been tried, comes to the same: Abdulla,
// Aronis, Jonsson and Sagonas, "Source Sets: A Foundation for Optimal Dynamic
// Partial Order Reduction", JACM 64(4), 2017, section 6.
#ifndef WAKEUP_TREE_H
#define WAKEUP_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "conflict.h"

enum { SEARCH_THREADS = 64 }; // that a systematic search can have

// A step of a sequence: not yet carried out, or carried out elsewhere.
struct event {
    struct touch touch;
    uint8_t thread;
    uint32_t number;       // among those of its thread, from 1
    const uint32_t *knows; // so many steps of each thread happen before it
};

// Whether `one` happens before `other`, which comes later, or is the same.
bool event_is_before(const struct event *one, const struct event *other);

// Whether the thread, whose next step is that, could as well go first: each run
// that begins with the sequence comes to the same as one that begins with the
// thread, and goes on in its way. (A weak initial.)
bool sequence_may_begin_with(const struct event *sequence, uint32_t length,
                             int thread, const struct touch *touch);

// Branches, in one array: 0 is none.
struct branch {
    struct touch touch;
    uint8_t thread;
    uint32_t child; // the first
    uint32_t next;  // sibling
};

struct forest {
    struct branch *branches;
    uint32_t size, used, free; // `free`: a list
};

// Puts a sequence of at least one step into the tree whose first branch is
// *first. It may change the sequence. Returns false if there is no memory left.
bool forest_insert(struct forest *forest, uint32_t *first,
                   struct event *sequence, uint32_t length);

// Takes the branch and all above it away.
void forest_drop(struct forest *forest, uint32_t branch);

void forest_release(struct forest *forest);

#endif
