// held: sets of locks, so that an access can remember what was held.
#ifndef HELD_H
#define HELD_H

#include "thread.h"

// The number of the set of locks that the thread holds; 0: none.
uint32_t held_set(struct thread *thread);

// Writes the locks of a set, as many as there is room for; 0 behind the last.
void held_read(uint32_t set, uint64_t *locks, int room);

#endif
