// caveats: what it is worth that nothing was found.
#ifndef CAVEATS_H
#define CAVEATS_H

#include <stdbool.h>
#include <stdio.h>

#include "shared.h"

// Whether nothing was tested at all: the program made no second thread, and
// ended with an error, as after a wrong usage, or left the work to processes
// that it forked.
bool caveats_nothing_tested(const struct shared *shared);

// Prints what is to be known before anything else; maybe nothing.
void caveats_write(FILE *file, const struct shared *shared);

// Prints what a proof holds for.
void caveats_of_proof(FILE *file, const struct shared *shared);

#endif
