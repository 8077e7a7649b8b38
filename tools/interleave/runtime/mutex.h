// mutex: what condition variables, C11 threads and stdio need of mutexes.
#ifndef MUTEX_H
#define MUTEX_H

#include <time.h>

#include "object.h"

// The mutex that is used at pc. One that was initialized statically says itself
// of which type it is.
struct object *mutex_at(pthread_mutex_t *mutex, uint64_t pc);

// Whether POSIX has an error for who uses it without holding it.
bool mutex_answers(const struct object *object);

// The calling thread has it now: what pthread_mutex_lock(3) returns then.
int mutex_state(const struct object *object);

// As pthread_mutex_lock(3) and its kin, called at pc.
int mutex_lock(struct object *object, uint64_t pc);
int mutex_try_lock(struct object *object, uint64_t pc);
int mutex_timed_lock(struct object *object, const struct timespec *until,
                     uint64_t pc);
int mutex_unlock(struct object *object, uint64_t pc);

// The calling thread ends: what it still holds is misuse, or, if robust, is
// handed over.
void mutex_abandon(void);

#endif
