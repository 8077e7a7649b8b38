// turns: following a written schedule.
#ifndef TURNS_H
#define TURNS_H

#include "thread.h"

void turns_begin(void);

// The thread is about to do its op: that may be where its turn ends.
void turns_arrive(struct thread *thread);

// The thread has ended, and with it its turn. (What comes behind may be for
// another one of that name.)
void turns_leave(const struct thread *thread);

// The calling thread is about to access memory: whether its turn ends here.
bool turns_stops_at(const struct op *op);

// Whether the thread's turn is one that begins with a wait that ends early.
bool turns_allow_early(const struct thread *thread);

// The thread whose turn it is; NULL when all turns are over. Ends the run if it
// cannot go on.
struct thread *turns_pick(struct thread *enabled[], int count);

#endif
