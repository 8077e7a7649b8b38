// waiting: who waits for whom, from step to step of a trace.
#ifndef WAITING_H
#define WAITING_H

#include <stdbool.h>

#include "locks.h"
#include "story.h"

struct waiting;

// Before the first step. NULL: no memory.
struct waiting *waiting_open(const struct story *story);
void waiting_close(struct waiting *waiting);

// Takes the next step. Returns who holds what behind it.
const struct locks *waiting_step(struct waiting *waiting);

// What a thread waits for behind that step. Returns false if it can go on or
// has ended. `text` becomes the name; *holder the thread that it waits for, or
// -1.
bool waiting_of(const struct waiting *waiting, int thread, char *text,
                size_t size, int *holder);

#endif
