// spinlocks: mutexes, by other names.
#include <pthread.h>

#include "lifetime.h"
#include "mutex.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

int interleave_pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
    lifetime_begin(lock, CALLER);
    return pthread_spin_init(lock, shared);
}

int interleave_pthread_spin_destroy(pthread_spinlock_t *lock)
{
    if (run_is_over)
        return pthread_spin_destroy(lock);
    lifetime_end(lock, CALLER);
    return 0;
}

int interleave_pthread_spin_lock(pthread_spinlock_t *lock)
{
    return run_is_over ? pthread_spin_lock(lock)
                       : mutex_lock(lifetime_use(lock, CALLER), CALLER);
}

int interleave_pthread_spin_trylock(pthread_spinlock_t *lock)
{
    return run_is_over ? pthread_spin_trylock(lock)
                       : mutex_try_lock(lifetime_use(lock, CALLER), CALLER);
}

int interleave_pthread_spin_unlock(pthread_spinlock_t *lock)
{
    return run_is_over ? pthread_spin_unlock(lock)
                       : mutex_unlock(lifetime_use(lock, CALLER), CALLER);
}
