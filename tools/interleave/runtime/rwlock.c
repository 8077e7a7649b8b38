// read-write locks.
#include <errno.h>
#include <pthread.h>

#include "baton.h"
#include "object.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool no_writer(const struct object *object)
{
    return object->holder == NOBODY;
}

static bool nobody(const struct object *object)
{
    return object->holder == NOBODY && object->readers == 0;
}

static bool may_read(const struct thread *thread)
{
    return no_writer(object_find(thread->op.object));
}

static bool may_write(const struct thread *thread)
{
    return nobody(object_find(thread->op.object));
}

static int read_it(struct object *object)
{
    object->readers++;
    object_acquire(object);
    if (thread_self->held_count < HELD_LIMIT)
        thread_self->held[thread_self->held_count++] = object->address;
    return 0;
}

static int write_it(struct object *object, uint64_t pc)
{
    object_hold(object, pc);
    object_acquire(object);
    clock_join(&thread_self->clock, &object->readers_clock);
    return 0;
}

static int lock(struct object *object, bool writes, bool waits, uint64_t pc)
{
    bool (*enabled)(const struct thread *) = writes ? may_write : may_read;

    baton_point((struct op){.deed = writes ? DEED_LOCK : DEED_READ_LOCK,
                            .object = object->address,
                            .pc = pc,
                            .enabled = waits ? enabled : NULL});
    if (run_is_over)
        return 0;
    if (writes ? !nobody(object) : !no_writer(object))
        return EBUSY;
    return writes ? write_it(object, pc) : read_it(object);
}

int interleave_pthread_rwlock_init(pthread_rwlock_t *object,
                                   const pthread_rwlockattr_t *attributes)
{
    object_renew(object);
    return pthread_rwlock_init(object, attributes);
}

int interleave_pthread_rwlock_destroy(pthread_rwlock_t *object)
{
    object_at(object)->destroyed = true;
    return 0;
}

int interleave_pthread_rwlock_rdlock(pthread_rwlock_t *object)
{
    return lock(object_at(object), false, true, CALLER);
}

int interleave_pthread_rwlock_wrlock(pthread_rwlock_t *object)
{
    return lock(object_at(object), true, true, CALLER);
}

int interleave_pthread_rwlock_tryrdlock(pthread_rwlock_t *object)
{
    return lock(object_at(object), false, false, CALLER);
}

int interleave_pthread_rwlock_trywrlock(pthread_rwlock_t *object)
{
    return lock(object_at(object), true, false, CALLER);
}

int interleave_pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    struct object *object = object_at(lock);

    if (run_is_over)
        return 0;
    baton_point((struct op){
        .deed = DEED_UNLOCK, .object = object->address, .pc = CALLER});
    if (object->holder == thread_self->number) {
        object_release(object);
        object_let_go(object);
    } else if (object->readers > 0) {
        clock_join(&object->readers_clock, &thread_self->clock);
        thread_tick();
        object->readers--;
        int holder = object->holder;
        object_let_go(object);
        object->holder = holder;
    } else {
        run_end(FINDING_MISUSE,
                "%s unlocks a read-write lock that it does not hold",
                thread_self->name);
    }
    return 0;
}
