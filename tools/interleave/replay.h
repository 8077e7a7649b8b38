// replay: `interleave replay`, and following a schedule in general.
#ifndef REPLAY_H
#define REPLAY_H

#include "options.h"
#include "program.h"
#include "symbols.h"

// Follows a written schedule; returns the exit status of the tool: 1 it fails,
// 0 it runs clean, 2 wrong usage, 3 it cannot be followed.
int replay_main(int argc, char *argv[]);

// Follows options->schedule, once, with what else is set in the order. Returns
// the exit status as above, after a sentence on standard error if it is 2 or 3.
int replay_follow(struct program *program, const struct options *options,
                  struct symbols *symbols);

#endif
