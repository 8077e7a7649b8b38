// lifetime: from when to when a lock and the like can be used.
//
// Before it is initialized, after it is destroyed, and when its memory is gone
// (freed, or of a function that has returned) nothing may be done with it; nor
// may it be initialized or destroyed in use. POSIX leaves all that undefined,
// so it is misuse, whatever would come of it.
#ifndef LIFETIME_H
#define LIFETIME_H

#include "object.h"

// The program initializes what is in that memory, at pc: a scheduling point.
// Returns the object, as a static initializer leaves it.
struct object *lifetime_begin(volatile void *memory, uint64_t pc);

// The object that the program is about to use at pc.
struct object *lifetime_use(volatile void *memory, uint64_t pc);

// The scheduling point before it is used: op.object. It may end while the
// thread waits for its turn.
void lifetime_point(struct op op);

// Ends the run if it cannot be used any more at pc.
void lifetime_check(struct object *object, uint64_t pc);

// The program destroys it at pc: a scheduling point.
void lifetime_end(volatile void *memory, uint64_t pc);

// Memory is about to be freed at pc, with all that is in it.
void lifetime_free(uint64_t address, uint64_t size, uint64_t pc);

// The function whose variable it was returns at pc. `last`: it is main, so that
// those who hold it or wait for it may never go on.
void lifetime_leave(struct object *object, bool last, uint64_t pc);

#endif
