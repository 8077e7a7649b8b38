// semaphores.
#include <errno.h>
#include <limits.h>
#include <semaphore.h>

#include "idle.h"
#include "lifetime.h"
#include "run.h"
#include "timing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool is_positive(const struct thread *thread)
{
    return object_find(thread->op.object)->count > 0;
}

// The semaphore that is used at pc. One that was initialized before main says
// itself how often it can be taken.
static struct object *semaphore_at(sem_t *semaphore, uint64_t pc)
{
    struct object *object = lifetime_use(semaphore, pc);

    if (!object->typed)
        sem_getvalue(semaphore, &object->count);
    object->typed = true;
    return object;
}

static int fail(int error)
{
    errno = error;
    return -1;
}

static int take(struct object *object, struct op op)
{
    op.deed = DEED_ACQUIRE;
    op.object = object->address;
    op.cancels = op.enabled != NULL;
    op.interruptible = INTERRUPT_UNLESS_SET;
    lifetime_point(op);
    idle_note(thread_self, object->count > 0);
    if (thread_self->interrupted)
        return fail(EINTR);
    if (object->count == 0)
        return fail(op.lazy ? ETIMEDOUT : EAGAIN);
    object->count--;
    object_acquire(object);
    return 0;
}

int interleave_sem_init(sem_t *semaphore, int shared, unsigned value)
{
    if (!run_is_over && value <= SEM_VALUE_MAX)
        lifetime_begin(semaphore, CALLER)->count = (int)value;
    return sem_init(semaphore, shared, value);
}

int interleave_sem_destroy(sem_t *semaphore)
{
    if (run_is_over)
        return sem_destroy(semaphore);
    lifetime_end(semaphore, CALLER);
    return 0;
}

int interleave_sem_wait(sem_t *semaphore)
{
    if (run_is_over)
        return sem_wait(semaphore);
    return take(semaphore_at(semaphore, CALLER),
                (struct op){.pc = CALLER, .enabled = is_positive});
}

int interleave_sem_trywait(sem_t *semaphore)
{
    if (run_is_over)
        return sem_trywait(semaphore);
    return take(semaphore_at(semaphore, CALLER), (struct op){.pc = CALLER});
}

static int take_until(struct object *object, const struct timespec *until,
                      uint64_t pc)
{
    if (!timing_is_valid(until))
        return fail(EINVAL);
    return take(object, (struct op){.pc = pc,
                                    .enabled = is_positive,
                                    .lazy = true,
                                    .deadline = timing_at(until)});
}

int interleave_sem_timedwait(sem_t *semaphore, const struct timespec *until)
{
    return run_is_over
               ? sem_timedwait(semaphore, until)
               : take_until(semaphore_at(semaphore, CALLER), until, CALLER);
}

int interleave_sem_clockwait(sem_t *semaphore, clockid_t clock,
                             const struct timespec *until)
{
    if (run_is_over)
        return sem_clockwait(semaphore, clock, until);
    if (!timing_limits_by(clock))
        return fail(EINVAL);
    return take_until(semaphore_at(semaphore, CALLER), until, CALLER);
}

int interleave_sem_post(sem_t *semaphore)
{
    if (run_is_over)
        return sem_post(semaphore);
    struct object *object = semaphore_at(semaphore, CALLER);

    lifetime_point((struct op){
        .deed = DEED_RELEASE, .object = object->address, .pc = CALLER});
    if (object->count == SEM_VALUE_MAX)
        return fail(EOVERFLOW);
    object_release(object);
    object->count++;
    return 0;
}

int interleave_sem_getvalue(sem_t *semaphore, int *value)
{
    if (run_is_over)
        return sem_getvalue(semaphore, value);
    *value = semaphore_at(semaphore, CALLER)->count;
    return 0;
}
