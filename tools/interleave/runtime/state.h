// state: all that decides what a thread does next, as a number.
//
// What a function of the program keeps it keeps in registers that survive a
// call, on the stack, or in its thread's variables; all else is memory that
// others can see. If a thread comes to the same place with the same state, and
// nothing else has changed meanwhile, it will do the same again, for ever.
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>
#include <stdint.h>

// Of the calling thread, where its own code has called the runtime. 0: not
// known.
uint64_t state_of_thread(void);

// The calling thread's memory from its stack's end at `stack` on, as a number.
// 0: not known.
uint64_t state_of_memory(uint64_t stack);

// Where the calling thread's thread-local variables are, to be kept there.
void state_know_own(void);

// Whether an address is part of that: the calling thread's own memory.
bool state_covers(uint64_t address);

#endif
