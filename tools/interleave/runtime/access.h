// access: plain memory accesses.
#ifndef ACCESS_H
#define ACCESS_H

#include "thread.h"

// How many there were so far.
extern uint64_t access_count;

// The calling thread is about to access memory, in the code at pc.
void access_memory(const volatile void *address, uint64_t size, bool writes,
                   uint64_t pc);

#endif
