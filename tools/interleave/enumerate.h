// enumerate: looks at every schedule, without any reduction.
//
// It is the oracle for the systematic search (dpor.h), and so it is small and
// asks nothing: not which steps conflict, and not which accesses race. Every
// access to memory that is not the thread's own stack is a scheduling point; at
// each one every thread that can go on is tried, depth first. The number of
// schedules grows with the factorial of the steps: it is for programs of a
// dozen steps.
#ifndef ENUMERATE_H
#define ENUMERATE_H

#include "program.h"

struct enumeration {
    uint32_t schedules; // that were run
    bool done;          // there are no others
    bool hopeless;      // too many threads or steps, or not the same every time
    uint32_t depth;     // choices of the next run that are given
    struct branch *choices; // of the last run
};

// Returns false, after a sentence, if there is no memory left.
bool enumerate_open(struct enumeration *enumeration);
void enumerate_close(struct enumeration *enumeration);

// Runs the next schedule, as the run of that number (they count up); what it
// finds is in the program's outcome, and it does not end the search. Returns
// false, after a sentence, if the program is gone.
bool enumerate_run(struct enumeration *enumeration, struct program *program,
                   uint64_t run);

#endif
