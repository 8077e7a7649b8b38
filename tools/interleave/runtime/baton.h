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

// Waits for the baton for the first time.
void baton_await(void);

// A choice from 0 to count - 1 that is not about who goes on.
int baton_choose(int count);

#endif
