// cancel: pthread_cancel(3), and what is called when a thread ends early.
#ifndef CANCEL_H
#define CANCEL_H

#include <stdnoreturn.h>

#include "thread.h"

// Whether the thread has been cancelled and ends at its next cancellation
// point; `point`: it is at one.
bool cancel_due(const struct thread *thread, bool point);

// The calling thread ends now, after its cleanup handlers.
noreturn void cancel_end(void *result);

// A cancellation point without anything to wait for.
void cancel_test(void);

#endif
