// idle: threads that look again and again at what nobody changes.
//
//     while (!done)
//         ;
//
// Without care a strategy that prefers this thread never comes to an end. So a
// thread that has come to the same places several times, while nobody has
// written to anything shared, stands back until somebody does. Locks that are
// taken and given back on the way change nothing.
#ifndef IDLE_H
#define IDLE_H

#include "thread.h"

// The thread has carried out its op, and has changed something, or has not.
void idle_note(struct thread *thread, bool changed);

// The same for an op that is just about to be carried out. Whether an update,
// a try, input or output changes something is known only afterwards: they call
// idle_note.
void idle_note_deed(struct thread *thread);

// Somebody writes to memory that is not on its own stack.
void idle_note_write(void);

bool idle_is(const struct thread *thread);

#endif
