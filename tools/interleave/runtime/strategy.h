// strategy: who goes on?
#ifndef STRATEGY_H
#define STRATEGY_H

#include "thread.h"

void strategy_begin(void);

// One of the threads that can go on. There is at least one.
struct thread *strategy_pick(struct thread *enabled[], int count);

// Whether those who wait for time to pass may go on at any time: in reality a
// sleep orders nothing. Otherwise they come when nobody else can go on.
bool strategy_rouses(void);

// A choice from 0 to count - 1 that is not about who goes on.
int strategy_choose(int count);

// The thread is about to do something: a turn may be over.
void strategy_arrive(struct thread *thread);

// The thread has carried out its op.
void strategy_done(struct thread *thread);

void strategy_end(void);

#endif
