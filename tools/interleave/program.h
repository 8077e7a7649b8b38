// program: the program under test, which carries out orders: shared.h.
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>
#include <sys/types.h>

#include "options.h"
#include "shared.h"

struct program {
    struct shared *shared;
    pid_t process;
    int orders, reports; // pipes
};

// Starts a program that was built with `interleave cc`, with the clients that
// it is to serve. Returns false after a sentence on standard error.
// `place` says on which of the processors that may be used: 0, 1, ...
bool program_start(struct program *program, const struct options *options,
                   int place);

// Has the order in program->shared carried out; with clients that is one run,
// and what they were told is judged. Returns false, after a sentence, if the
// program is gone.
bool program_run(struct program *program);

// The same in two steps, so that several programs can run at the same time.
bool program_order(struct program *program);
bool program_await(struct program *program);

// Ends the program and all that it has started.
void program_stop(struct program *program);

#endif
