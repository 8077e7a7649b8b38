// read-write locks.
#include <errno.h>
#include <pthread.h>

#include "idle.h"
#include "lifetime.h"
#include "run.h"
#include "timing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

// Whether the thread has it, to read or to write.
static bool has(const struct thread *thread, const struct object *object)
{
    for (int i = 0; i < thread->held_count; i++)
        if (thread->held[i] == object->address)
            return true;
    return false;
}

static bool is_free(const struct object *object, bool writes)
{
    return object->holder == NOBODY && (!writes || object->readers == 0);
}

static bool may_read(const struct thread *thread)
{
    return is_free(object_find(thread->op.object), false);
}

static bool may_write(const struct thread *thread)
{
    return is_free(object_find(thread->op.object), true);
}

static void take(struct object *object, bool writes, uint64_t pc)
{
    struct thread *self = thread_self;

    object_acquire(object);
    if (writes) {
        object_hold(object, pc);
        clock_join(&self->clock, &object->readers_clock);
        return;
    }
    object->readers++;
    object->where = pc;
    if (self->held_count < HELD_LIMIT)
        self->held[self->held_count++] = object->address;
}

// To lock what one has is undefined, unless it is read twice: POSIX,
// pthread_rwlock_wrlock.
static void check_again(const struct object *object, bool writes, uint64_t pc)
{
    if (object->holder == thread_self->number)
        object_misuse(object, pc,
                      "%s locks {object} again, which it holds to write since "
                      "{where}",
                      thread_self->name);
    if (writes && has(thread_self, object))
        object_misuse(object, pc,
                      "%s locks {object} to write, which it holds to read: it "
                      "waits for itself",
                      thread_self->name);
}

static int lock(struct object *object, bool writes, struct op op)
{
    bool waits = op.enabled != NULL;

    op.deed = writes ? DEED_LOCK : DEED_READ_LOCK;
    if (!waits || op.lazy)
        op.deed = DEED_TRY_LOCK;
    if (waits)
        check_again(object, writes, op.pc);
    op.object = object->address;
    lifetime_point(op);
    bool done = is_free(object, writes);
    if (op.deed == DEED_TRY_LOCK)
        idle_note(thread_self, done);
    if (!done)
        return op.lazy ? ETIMEDOUT : EBUSY;
    take(object, writes, op.pc);
    return 0;
}

static int unlock(struct object *object, uint64_t pc)
{
    bool writes = object->holder == thread_self->number;

    lifetime_point((struct op){.deed = writes ? DEED_UNLOCK : DEED_READ_UNLOCK,
                               .object = object->address,
                               .pc = pc});
    if (object->holder == thread_self->number) {
        object_release(object);
        object_let_go(object);
        return 0;
    }
    if (object->holder != NOBODY)
        object_misuse(object, pc,
                      "%s unlocks {object}, which %s holds since {where}",
                      thread_self->name, thread_all[object->holder]->name);
    if (!has(thread_self, object))
        object_misuse(object, pc, "%s unlocks {object}, which it does not hold",
                      thread_self->name);
    clock_join(&object->readers_clock, &thread_self->clock);
    thread_tick();
    object->readers--;
    object_let_go(object); // nobody holds it to write
    return 0;
}

// ---- pthreads ----

int interleave_pthread_rwlock_init(pthread_rwlock_t *object,
                                   const pthread_rwlockattr_t *attributes)
{
    lifetime_begin(object, CALLER);
    return pthread_rwlock_init(object, attributes);
}

int interleave_pthread_rwlock_destroy(pthread_rwlock_t *object)
{
    if (run_is_over)
        return pthread_rwlock_destroy(object);
    lifetime_end(object, CALLER);
    return 0;
}

#define LOCK(name, writes, waits)                                  \
    int interleave_pthread_rwlock_##name(pthread_rwlock_t *object) \
    {                                                              \
        if (run_is_over)                                           \
            return pthread_rwlock_##name(object);                  \
        return lock(lifetime_use(object, CALLER), writes,          \
                    (struct op){.pc = CALLER, .enabled = waits});  \
    }

LOCK(rdlock, false, may_read)
LOCK(wrlock, true, may_write)
LOCK(tryrdlock, false, NULL)
LOCK(trywrlock, true, NULL)

#define TIMED_LOCK(name, writes, waits, parameters, arguments, by) \
    int interleave_pthread_rwlock_##name parameters                \
    {                                                              \
        if (run_is_over)                                           \
            return pthread_rwlock_##name arguments;                \
        if (!timing_is_valid(until) || !timing_limits_by(by))      \
            return EINVAL;                                         \
        return lock(lifetime_use(object, CALLER), writes,          \
                    (struct op){.pc = CALLER,                      \
                                .enabled = waits,                  \
                                .lazy = true,                      \
                                .deadline = timing_at(until)});    \
    }
#define UNTIL (pthread_rwlock_t * object, const struct timespec *until)
#define CLOCK_UNTIL \
    (pthread_rwlock_t * object, clockid_t clock, const struct timespec *until)

TIMED_LOCK(timedrdlock, false, may_read, UNTIL, (object, until), CLOCK_REALTIME)
TIMED_LOCK(timedwrlock, true, may_write, UNTIL, (object, until), CLOCK_REALTIME)
TIMED_LOCK(clockrdlock, false, may_read, CLOCK_UNTIL, (object, clock, until),
           clock)
TIMED_LOCK(clockwrlock, true, may_write, CLOCK_UNTIL, (object, clock, until),
           clock)

int interleave_pthread_rwlock_unlock(pthread_rwlock_t *object)
{
    return run_is_over ? pthread_rwlock_unlock(object)
                       : unlock(lifetime_use(object, CALLER), CALLER);
}
