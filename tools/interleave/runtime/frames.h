// frames: what is on the stacks of the threads ends with the functions whose
// variables they are.
#ifndef FRAMES_H
#define FRAMES_H

#include "object.h"

// A lock and the like has begun: if it is on a stack, it ends with its
// function.
void frames_add(struct object *object);

// A function of the calling thread returns at pc; `end` is the first address
// behind its frame. `last`: it is main, and the process is about to end.
void frames_leave(uint64_t end, bool last, uint64_t pc);

// Ends the run if that address is in a frame that is gone. `does` is what the
// calling thread does with it, at pc.
void frames_check(uint64_t address, const char *does, uint64_t pc);

#endif
