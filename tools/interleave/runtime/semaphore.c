// semaphores.
#include <errno.h>
#include <semaphore.h>

#include "baton.h"
#include "idle.h"
#include "object.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool is_positive(const struct thread *thread)
{
    return object_find(thread->op.object)->count > 0;
}

static int take(struct object *object, int error)
{
    idle_note(thread_self, object->count > 0);
    if (object->count == 0) {
        errno = error;
        return -1;
    }
    object->count--;
    object_acquire(object);
    return 0;
}

static void arrive(struct object *object, bool waits, bool timed, uint64_t pc)
{
    baton_point((struct op){.deed = DEED_ACQUIRE,
                            .object = object->address,
                            .pc = pc,
                            .enabled = waits && !timed ? is_positive : NULL,
                            .lazy = timed,
                            .ready = is_positive});
}

int interleave_sem_init(sem_t *semaphore, int shared, unsigned value)
{
    (void)shared;
    object_renew(semaphore)->count = (int)value;
    return 0;
}

int interleave_sem_destroy(sem_t *semaphore)
{
    object_at(semaphore)->destroyed = true;
    return 0;
}

int interleave_sem_wait(sem_t *semaphore)
{
    arrive(object_at(semaphore), true, false, CALLER);
    return run_is_over ? 0 : take(object_at(semaphore), EAGAIN);
}

int interleave_sem_trywait(sem_t *semaphore)
{
    arrive(object_at(semaphore), false, false, CALLER);
    return take(object_at(semaphore), EAGAIN);
}

int interleave_sem_timedwait(sem_t *semaphore, const struct timespec *until)
{
    (void)until;
    arrive(object_at(semaphore), true, true, CALLER);
    return take(object_at(semaphore), ETIMEDOUT);
}

int interleave_sem_post(sem_t *semaphore)
{
    struct object *object = object_at(semaphore);

    baton_point((struct op){
        .deed = DEED_RELEASE, .object = object->address, .pc = CALLER});
    object_release(object);
    object->count++;
    return 0;
}

int interleave_sem_getvalue(sem_t *semaphore, int *value)
{
    *value = object_at(semaphore)->count;
    return 0;
}
