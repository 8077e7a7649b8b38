// report: what a search has found, for people and for programs.
#ifndef REPORT_H
#define REPORT_H

#include <stdio.h>

#include "options.h"
#include "shared.h"
#include "symbols.h"

struct search {
    bool found;
    uint32_t schedules; // that were run
    uint32_t first;     // the one that found something; 0: none
    bool exhaustive;    // there is no other interleaving
    uint32_t classes;   // of interleavings that the systematic search has seen
    bool unreduced;     // every schedule was run, equivalent ones too
    bool hopeless; // that search cannot be made, and no other was asked for
    double seconds;
};

// What a kind of finding is called: "deadlock".
const char *report_kind(int finding);

// Prints the result, but for what was found: report_finding. Returns the exit
// status: 0 nothing was found, 1 something was, 3 it could not be judged.
int report(const struct search *search, const struct options *options,
           const struct shared *shared);

// Prints what the run in `shared` has found: the kind, where, who waits for
// what.
void report_finding(FILE *file, const struct shared *shared,
                    struct symbols *symbols);

// Says on standard error why the thread of a turn cannot go on.
void report_waiting(const struct options *options, const struct shared *shared,
                    int turn);

#endif
