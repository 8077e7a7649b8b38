// mutexes.
#include "mutex.h"

#include <errno.h>
#include <pthread.h>

#include "idle.h"
#include "lifetime.h"
#include "run.h"
#include "timing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

struct object *mutex_at(pthread_mutex_t *mutex, uint64_t pc)
{
    enum { ROBUST = 16, KINDS = 0x3ff }; // of the C library: all that it uses
    struct object *object = lifetime_use(mutex, pc);
    int kind = mutex->__data.__kind;

    if (object->typed || run_is_over)
        return object;
    if ((kind & ~KINDS) != 0)
        object_misuse(object, pc,
                      "%s uses {object}, which has never been initialized",
                      thread_self->name);
    object->type = kind & 3;
    object->robust = (kind & ROBUST) != 0;
    object->typed = true;
    return object;
}

bool mutex_answers(const struct object *object)
{
    return object->type == PTHREAD_MUTEX_ERRORCHECK ||
           object->type == PTHREAD_MUTEX_RECURSIVE || object->robust;
}

int mutex_state(const struct object *object)
{
    return object->abandoned ? EOWNERDEAD : 0;
}

// A thread that holds it gets an answer, too: an error, or a finding.
static bool may_lock(const struct thread *thread)
{
    const struct object *object = object_find(thread->op.object);

    return object->holder == NOBODY || object->holder == thread->number;
}

static noreturn void wait_for_oneself(const struct object *object, uint64_t pc)
{
    run_shared->outcome.object = object->address;
    run_shared->outcome.where = object->where;
    run_shared->outcome.pc = pc;
    run_end(FINDING_DEADLOCK,
            "%s locks {object} again, which it holds since {where}: it waits "
            "for itself",
            thread_self->name);
}

static int take(struct object *object, uint64_t pc)
{
    if (object->holder == thread_self->number) {
        if (object->type == PTHREAD_MUTEX_ERRORCHECK)
            return EDEADLK;
        if (object->type != PTHREAD_MUTEX_RECURSIVE)
            wait_for_oneself(object, pc);
        object->depth++;
        return 0;
    }
    if (object->lost)
        return ENOTRECOVERABLE;
    object->depth = 1;
    object_hold(object, pc);
    object_acquire(object);
    return mutex_state(object);
}

int mutex_lock(struct object *object, uint64_t pc)
{
    lifetime_point((struct op){.deed = DEED_LOCK,
                               .object = object->address,
                               .pc = pc,
                               .enabled = may_lock});
    return take(object, pc);
}

int mutex_try_lock(struct object *object, uint64_t pc)
{
    lifetime_point((struct op){
        .deed = DEED_TRY_LOCK, .object = object->address, .pc = pc});
    bool busy =
        object->holder != NOBODY && (object->holder != thread_self->number ||
                                     object->type != PTHREAD_MUTEX_RECURSIVE);
    idle_note(thread_self, !busy);
    return busy ? EBUSY : take(object, pc);
}

static bool is_free(const struct thread *thread)
{
    const struct object *object = object_find(thread->op.object);

    return object->holder == NOBODY || (object->holder == thread->number &&
                                        object->type != PTHREAD_MUTEX_TIMED_NP);
}

int mutex_timed_lock(struct object *object, const struct timespec *until,
                     uint64_t pc)
{
    bool waits = timing_is_valid(until);

    lifetime_point((struct op){.deed = DEED_TRY_LOCK,
                               .object = object->address,
                               .pc = pc,
                               .enabled = waits ? is_free : NULL,
                               .lazy = waits,
                               .deadline = waits ? timing_at(until) : 0});
    bool free = is_free(thread_self);
    idle_note(thread_self, free);
    if (!free)
        return waits ? ETIMEDOUT : EINVAL;
    return take(object, pc);
}

int mutex_unlock(struct object *object, uint64_t pc)
{
    lifetime_point(
        (struct op){.deed = DEED_UNLOCK, .object = object->address, .pc = pc});
    if (object->holder != thread_self->number) {
        if (mutex_answers(object))
            return EPERM;
        if (object->holder == NOBODY)
            object_misuse(object, pc, "%s unlocks {object}, which nobody holds",
                          thread_self->name);
        object_misuse(object, pc,
                      "%s unlocks {object}, which %s holds since {where}",
                      thread_self->name, thread_all[object->holder]->name);
    }
    if (--object->depth > 0)
        return 0;
    object->lost = object->abandoned;
    object_release(object);
    object_let_go(object);
    return 0;
}

void mutex_abandon(void)
{
    while (thread_self->held_count > 0) {
        struct object *object =
            object_find(thread_self->held[thread_self->held_count - 1]);

        if (!object->robust)
            object_misuse(object, object->where,
                          "%s ends and still holds {object} (since {where})",
                          thread_self->name);
        object->abandoned = true;
        object_release(object);
        object_let_go(object);
    }
}

// ---- pthreads ----

int interleave_pthread_mutex_init(pthread_mutex_t *mutex,
                                  const pthread_mutexattr_t *attributes)
{
    int type = PTHREAD_MUTEX_NORMAL, robust = PTHREAD_MUTEX_STALLED;
    struct object *object = lifetime_begin(mutex, CALLER);

    if (attributes != NULL) {
        pthread_mutexattr_gettype(attributes, &type);
        pthread_mutexattr_getrobust(attributes, &robust);
    }
    object->type = type;
    object->robust = robust == PTHREAD_MUTEX_ROBUST;
    return pthread_mutex_init(mutex, attributes);
}

int interleave_pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    if (run_is_over)
        return pthread_mutex_destroy(mutex);
    mutex_at(mutex, CALLER);
    lifetime_end(mutex, CALLER);
    return 0;
}

int interleave_pthread_mutex_lock(pthread_mutex_t *mutex)
{
    return run_is_over ? pthread_mutex_lock(mutex)
                       : mutex_lock(mutex_at(mutex, CALLER), CALLER);
}

int interleave_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    return run_is_over ? pthread_mutex_trylock(mutex)
                       : mutex_try_lock(mutex_at(mutex, CALLER), CALLER);
}

int interleave_pthread_mutex_timedlock(pthread_mutex_t *mutex,
                                       const struct timespec *until)
{
    return run_is_over
               ? pthread_mutex_timedlock(mutex, until)
               : mutex_timed_lock(mutex_at(mutex, CALLER), until, CALLER);
}

int interleave_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                       const struct timespec *until)
{
    if (run_is_over)
        return pthread_mutex_clocklock(mutex, clock, until);
    if (!timing_limits_by(clock))
        return EINVAL;
    return mutex_timed_lock(mutex_at(mutex, CALLER), until, CALLER);
}

int interleave_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    return run_is_over ? pthread_mutex_unlock(mutex)
                       : mutex_unlock(mutex_at(mutex, CALLER), CALLER);
}

int interleave_pthread_mutex_consistent(pthread_mutex_t *mutex)
{
    if (run_is_over)
        return pthread_mutex_consistent(mutex);
    struct object *object = mutex_at(mutex, CALLER);

    if (!object->abandoned || object->holder != thread_self->number)
        return EINVAL;
    object->abandoned = false;
    return 0;
}
