// dpor: looks at every interleaving, once.
//
// Runs that differ only in the order of steps that do not conflict are
// equivalent: nothing can tell them apart. Dynamic partial-order reduction runs
// one of each class. After a run it looks for races: two steps that conflict,
// that nothing else orders, and of which the second one could have come first
// (races.h). Before the first of them a sequence has to be tried that has them
// the other way round (wakeup_tree.h). When there is nothing left to try, all
// has been seen.
//
// Abdulla, Aronis, Jonsson and Sagonas, "Source Sets: A Foundation for Optimal
// Dynamic Partial Order Reduction", JACM 64(4), 2017 (algorithm 2), with sleep
// sets (runtime/prefix.h).
#ifndef DPOR_H
#define DPOR_H

#include "program.h"
#include "wakeup_tree.h"

struct dpor {
    uint32_t schedules; // that were run
    uint32_t passed;    // classes of interleavings that were seen
    bool done;          // there are no others
    // The program is too big, uses signals and the like, or does not do the
    // same again when its threads go on in the same order.
    bool hopeless;
    bool again;         // the next run is the first one again, to see if it is
    uint32_t depth;     // steps of the next run that are given,
    uint32_t tentative; // the last so many if they can be carried out
    uint32_t points;    // addresses whose accesses are scheduled
    struct node *nodes; // the steps of the last run
    struct forest forest;
};

// Returns false, after a sentence, if there is no memory left.
bool dpor_open(struct dpor *dpor);
void dpor_close(struct dpor *dpor);

// Runs the next schedule, as the run of that number (they count up); what it
// finds is in the program's outcome. After a deadlock the search can go on;
// after other findings it would miss what comes of the steps that were not
// carried out. Returns false, after a sentence, if the program is gone.
bool dpor_run(struct dpor *dpor, struct program *program, uint64_t run);

#endif
