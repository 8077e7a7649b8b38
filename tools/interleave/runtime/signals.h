// signals: sent, pending, blocked, handled at scheduling points.
//
// A signal is delivered when the thread that gets it goes on next: the strategy
// decides when that is. One that is meant for the process goes to whichever
// thread comes first and does not block it.
#ifndef SIGNALS_H
#define SIGNALS_H

#include "thread.h"

// Whether a signal waits for the thread that it does not block.
bool signals_due(const struct thread *thread);

// Runs the handlers of all signals that wait for the calling thread. Returns
// whether all of them want calls that they interrupt to go on (SA_RESTART).
bool signals_deliver(void);

// The process leaves the run (fork, exec): its signals become real.
void signals_release(void);

#endif
