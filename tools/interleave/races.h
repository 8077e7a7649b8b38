// races: what happened before what in a run, and which of its steps could have
// come in another order.
#ifndef RACES_H
#define RACES_H

#include "wakeup_tree.h"

enum { STEPS_LIMIT = 4096 }; // of a run that is searched systematically

// A step of the last run, and what else was possible. Sets of threads are bits.
struct node {
    uint8_t thread; // who went on
    struct touch touch;
    uint64_t enabled;                          // who could have
    uint64_t asleep;                           // who need not be tried,
    struct touch asleep_touch[SEARCH_THREADS]; // and what each would do
    uint32_t waiting; // the first branch of what is still to be tried
    uint32_t number;  // of this step among those of its thread, from 1
    uint32_t
        knows[SEARCH_THREADS]; // so many steps of each thread are before it
};

// Fills in what happens before the steps from `first` on, and puts into the
// trees of earlier ones what has to be tried there because of them. nodes[count
// + i], for i below `pending`, are what threads were about to do when the run
// ended: they have not been carried out. Returns false if there is no memory
// left.
bool races_find(struct node *nodes, uint32_t first, uint32_t count,
                uint32_t pending, struct forest *forest);

#endif
