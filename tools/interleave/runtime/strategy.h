// strategy: who goes on?
#ifndef STRATEGY_H
#define STRATEGY_H

#include "thread.h"

void strategy_begin(void);

// One of the threads that can go on. There is at least one.
struct thread *strategy_pick(struct thread *enabled[], int count);

// Whether the thread's waiting may end now, though there is no reason yet: in
// reality a sleep orders nothing, time limits pass, and a wait for a condition
// ends when it likes.
bool strategy_allows_early(const struct thread *thread);

// It does.
void strategy_note_early(struct thread *thread);

// The thread is about to do something, or has ended: a turn may be over.
void strategy_arrive(struct thread *thread);
void strategy_leave(const struct thread *thread);

// The thread has carried out its op.
void strategy_done(struct thread *thread);

void strategy_end(void);

#endif
