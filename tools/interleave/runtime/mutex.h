// mutex: what condition variables and C11 threads need of mutexes.
#ifndef MUTEX_H
#define MUTEX_H

#include "object.h"

// As pthread_mutex_lock(3) and pthread_mutex_unlock(3), called at pc.
int mutex_try_lock(struct object *object, uint64_t pc);
int mutex_lock(struct object *object, uint64_t pc);
int mutex_unlock(struct object *object, uint64_t pc);

#endif
