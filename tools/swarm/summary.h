// summary: what swarm says at the end.
#ifndef SUMMARY_H
#define SUMMARY_H

#include <stdbool.h>

#include "judge.h"
#include "load.h"
#include "options.h"

struct summary {
    const struct options *options;
    const struct load *load;           // NULL with --judge
    const struct judgement *judgement; // NULL with --ask
    int operations;                    // in the history
    bool died;                         // the server did not answer the auditor
};

// Prints it, as text or as one JSON object. Returns swarm's exit status.
int summary_print(const struct summary *summary);

#endif
