// sending: what the calls that send signals and wait for them need.
#ifndef SENDING_H
#define SENDING_H

#include <signal.h>

#include "thread.h"

// The signal waits for the thread, or for any (NULL), unless it is ignored.
// Ends the run if it ends the process.
void sending_mark(struct thread *target, int signal, siginfo_t sent);

// Takes one of the signals that wait for the calling thread; 0: there is none.
int sending_take(uint64_t wanted, siginfo_t *sent);

// Whether one of them waits for the thread.
bool sending_waits(const struct thread *thread, uint64_t wanted);

// The calling thread has unblocked signals: those that wait come now.
void sending_unblocked(void);

#endif
