// condition: what C11 threads need of condition variables.
#ifndef CONDITION_H
#define CONDITION_H

#include <time.h>

#include "object.h"

// As pthread_cond_wait(3), or pthread_cond_timedwait(3) if `until` is not NULL,
// called at pc.
int condition_wait(struct object *object, struct object *mutex,
                   const struct timespec *until, uint64_t pc);

// Whether a thread that waits has a signal to go on with.
bool condition_is_signalled(const struct thread *thread);

// As pthread_cond_signal(3), or pthread_cond_broadcast(3) for all.
void condition_signal(struct object *object, bool all, uint64_t pc);

#endif
