// spinlocks: mutexes, by other names.
#include <pthread.h>

#include "mutex.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

int interleave_pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
    object_renew(lock);
    return pthread_spin_init(lock, shared);
}

int interleave_pthread_spin_destroy(pthread_spinlock_t *lock)
{
    if (run_is_over)
        return pthread_spin_destroy(lock);
    object_destroy(lock, CALLER);
    return 0;
}

int interleave_pthread_spin_lock(pthread_spinlock_t *lock)
{
    return run_is_over ? pthread_spin_lock(lock)
                       : mutex_lock(object_use(lock, CALLER), CALLER);
}

int interleave_pthread_spin_trylock(pthread_spinlock_t *lock)
{
    return run_is_over ? pthread_spin_trylock(lock)
                       : mutex_try_lock(object_use(lock, CALLER), CALLER);
}

int interleave_pthread_spin_unlock(pthread_spinlock_t *lock)
{
    return run_is_over ? pthread_spin_unlock(lock)
                       : mutex_unlock(object_use(lock, CALLER), CALLER);
}
