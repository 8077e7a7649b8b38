// mutexes and spinlocks.
#include <errno.h>
#include <pthread.h>

#include "baton.h"
#include "idle.h"
#include "object.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static uint64_t address_of(const volatile void *object)
{
    return (uint64_t)(uintptr_t)object;
}

// A mutex that was initialized statically says itself of which type it is.
static struct object *mutex_at(pthread_mutex_t *mutex)
{
    struct object *object = object_find(address_of(mutex));

    if (object == NULL) {
        object = object_at(mutex);
        object->type = mutex->__data.__kind & 3;
    }
    return object;
}

static bool is_free(const struct thread *thread)
{
    const struct object *object = object_find(thread->op.object);

    return object->holder == NOBODY && object->readers == 0;
}

static bool may_lock(const struct thread *thread)
{
    const struct object *object = object_find(thread->op.object);

    return is_free(thread) || (object->holder == thread->number &&
                               object->type != PTHREAD_MUTEX_NORMAL);
}

static int take(struct object *object, uint64_t pc)
{
    if (object->holder == thread_self->number) {
        if (object->type != PTHREAD_MUTEX_RECURSIVE)
            return EDEADLK;
        object->depth++;
        return 0;
    }
    object->depth = 1;
    object_hold(object, pc);
    object_acquire(object);
    return 0;
}

int mutex_lock(struct object *object, uint64_t pc)
{
    baton_point((struct op){.deed = DEED_LOCK,
                            .object = object->address,
                            .pc = pc,
                            .enabled = may_lock});
    return run_is_over ? 0 : take(object, pc);
}

int mutex_try_lock(struct object *object, uint64_t pc)
{
    baton_point((struct op){
        .deed = DEED_TRY_LOCK, .object = object->address, .pc = pc});
    if (run_is_over)
        return 0;
    bool busy =
        object->holder != NOBODY && (object->holder != thread_self->number ||
                                     object->type != PTHREAD_MUTEX_RECURSIVE);
    idle_note(thread_self, !busy);
    return busy ? EBUSY : take(object, pc);
}

// Time may pass before the lock is free, or not.
static int timed_lock(struct object *object, uint64_t pc)
{
    baton_point((struct op){.deed = DEED_TRY_LOCK,
                            .object = object->address,
                            .pc = pc,
                            .lazy = true,
                            .ready = is_free});
    if (object->holder != NOBODY && object->holder != thread_self->number)
        return ETIMEDOUT;
    return take(object, pc);
}

int mutex_unlock(struct object *object, uint64_t pc)
{
    if (run_is_over)
        return 0;
    baton_point(
        (struct op){.deed = DEED_UNLOCK, .object = object->address, .pc = pc});
    if (object->holder != thread_self->number) {
        if (object->type == PTHREAD_MUTEX_ERRORCHECK)
            return EPERM;
        run_shared->outcome.object = object->address;
        run_end(FINDING_MISUSE, "%s unlocks a mutex that %s holds",
                thread_self->name,
                object->holder == NOBODY ? "nobody"
                                         : thread_all[object->holder]->name);
    }
    if (--object->depth > 0)
        return 0;
    object_release(object);
    object_let_go(object);
    return 0;
}

static int destroy(struct object *object)
{
    if (!run_is_over && object->holder != NOBODY) {
        run_shared->outcome.object = object->address;
        run_end(FINDING_MISUSE, "a mutex is destroyed while %s holds it",
                thread_all[object->holder]->name);
    }
    object->destroyed = true;
    return 0;
}

// ---- pthreads ----

int interleave_pthread_mutex_init(pthread_mutex_t *mutex,
                                  const pthread_mutexattr_t *attributes)
{
    int type = PTHREAD_MUTEX_NORMAL;

    if (attributes != NULL)
        pthread_mutexattr_gettype(attributes, &type);
    object_renew(mutex)->type = type;
    return pthread_mutex_init(mutex, attributes);
}

int interleave_pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    return destroy(mutex_at(mutex));
}

int interleave_pthread_mutex_lock(pthread_mutex_t *mutex)
{
    return mutex_lock(mutex_at(mutex), CALLER);
}

int interleave_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    return mutex_try_lock(mutex_at(mutex), CALLER);
}

int interleave_pthread_mutex_timedlock(pthread_mutex_t *mutex,
                                       const struct timespec *until)
{
    (void)until;
    return timed_lock(mutex_at(mutex), CALLER);
}

int interleave_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    return mutex_unlock(mutex_at(mutex), CALLER);
}

int interleave_pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
    (void)shared;
    object_renew(lock);
    return 0;
}

int interleave_pthread_spin_destroy(pthread_spinlock_t *lock)
{
    return destroy(object_at(lock));
}

int interleave_pthread_spin_lock(pthread_spinlock_t *lock)
{
    return mutex_lock(object_at(lock), CALLER);
}

int interleave_pthread_spin_trylock(pthread_spinlock_t *lock)
{
    return mutex_try_lock(object_at(lock), CALLER);
}

int interleave_pthread_spin_unlock(pthread_spinlock_t *lock)
{
    return mutex_unlock(object_at(lock), CALLER);
}
