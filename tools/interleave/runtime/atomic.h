// atomic: what atomic operations of all sizes are made of.
#ifndef ATOMIC_H
#define ATOMIC_H

#include <stddef.h>

#include "thread.h"

// The calling thread is about to do it, at pc.
void atomic_arrive(const volatile void *address, size_t size, enum deed deed,
                   uint64_t pc);

// What a read learns from those that wrote the value.
void atomic_learn(const volatile void *address, int order);

// What a write tells those that read the value. A plain write begins anew; an
// update goes on with what the release sequence has told before.
void atomic_tell(const volatile void *address, int order, bool update);

// An update has changed the value, or has not.
void atomic_note(bool changed);

#endif
