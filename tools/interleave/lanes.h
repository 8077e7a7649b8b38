// lanes: a run, drawn with one column a thread.
#ifndef LANES_H
#define LANES_H

#include <stdbool.h>
#include <stdio.h>

#include "shared.h"
#include "symbols.h"

// Draws the steps that matter of the run in `shared` (all: every one), 80
// columns wide: accesses to what two threads share and one of them writes, and
// synchronisation.
void lanes_draw(FILE *file, const struct shared *shared,
                struct symbols *symbols, bool all);

#endif
