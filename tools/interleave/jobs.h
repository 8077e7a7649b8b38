// jobs: several copies of the program, that run batches at the same time.
//
// What comes out depends on their number, and not on how fast each is: each
// runs a part of its own of every round, and what they have learned of the
// program is put together between the rounds.
#ifndef JOBS_H
#define JOBS_H

#include "program.h"

struct jobs {
    struct program program[JOBS_LIMIT];
    int count;
    uint64_t next; // the number of the next run
};

// Starts so many programs as the options say. Returns false after a sentence on
// standard error.
bool jobs_start(struct jobs *jobs, const struct options *options);
void jobs_stop(struct jobs *jobs);

// Each program makes up to `each` runs, `most` in all, by the strategy of that
// name. What is found first, by the runs' numbers, is found; then the program
// that found it is program[0]. Adds to *runs. Returns false if a program is
// gone.
bool jobs_run(struct jobs *jobs, const char *strategy, uint32_t each,
              uint32_t most, uint32_t *runs);

#endif
