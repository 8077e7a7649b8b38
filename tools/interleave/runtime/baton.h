// baton: one thread runs at a time, and at each scheduling point it is decided
// who goes on.
#ifndef BATON_H
#define BATON_H

#include "thread.h"

// Says what the calling thread is about to do, and returns when it is its turn
// to do it. Preserves errno. Does not return if the run ends here.
void baton_point(struct op op);

// The calling thread has finished: another one goes on, and this one never
// comes back.
void baton_leave(void);

// Waits for the baton for the first time, and takes it.
void baton_begin(void);

#endif
