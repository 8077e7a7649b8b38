// locks: who holds which lock, from step to step of a trace.
#ifndef LOCKS_H
#define LOCKS_H

#include <stdbool.h>

#include "shared.h"

struct locks;

// Before the first step. NULL: no memory.
struct locks *locks_open(const struct shared *shared);
void locks_close(struct locks *locks);

// Takes the next step. Returns false if it did not get the lock that it tried
// to take.
bool locks_step(struct locks *locks, const struct step *step);

// Who holds the lock alone; -1: nobody.
int locks_holder(const struct locks *locks, uint64_t lock);

// The locks that a thread holds: fills in at most `room`, returns how many.
int locks_of(const struct locks *locks, int thread, uint64_t *lock, int room);

#endif
