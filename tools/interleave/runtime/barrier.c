// barriers, and what happens once.
#include <pthread.h>

#include "baton.h"
#include "lifetime.h"
#include "once.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

int interleave_pthread_barrier_init(pthread_barrier_t *barrier,
                                    const pthread_barrierattr_t *attributes,
                                    unsigned count)
{
    if (!run_is_over && count > 0)
        lifetime_begin(barrier, CALLER)->count = (int)count;
    return pthread_barrier_init(barrier, attributes, count);
}

int interleave_pthread_barrier_destroy(pthread_barrier_t *barrier)
{
    if (run_is_over)
        return pthread_barrier_destroy(barrier);
    lifetime_end(barrier, CALLER);
    return 0;
}

static bool has_opened(const struct thread *thread)
{
    return object_find(thread->op.object)->round != thread->op.argument;
}

int interleave_pthread_barrier_wait(pthread_barrier_t *barrier)
{
    if (run_is_over)
        return pthread_barrier_wait(barrier);
    uint64_t pc = CALLER;
    struct object *object = lifetime_use(barrier, pc);
    uint32_t round;

    lifetime_point(
        (struct op){.deed = DEED_ARRIVE, .object = object->address, .pc = pc});
    object_release(object);
    round = object->round;
    if (++object->arrived == object->count) {
        object->arrived = 0;
        object->round++;
        object_acquire(object);
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    baton_point((struct op){.deed = DEED_LEAVE,
                            .object = object->address,
                            .pc = pc,
                            .enabled = has_opened,
                            .argument = round});
    object_acquire(object);
    return 0;
}

static bool is_not_running(const struct thread *thread)
{
    return !object_find(thread->op.object)->running;
}

void once(struct object *object, void (*routine)(void), uint64_t pc)
{
    baton_point((struct op){.deed = DEED_ONCE,
                            .object = object->address,
                            .pc = pc,
                            .enabled = is_not_running});
    if (!object->done) {
        object->running = true;
        object->outer = thread_self->once;
        thread_self->once = object;
        routine();
        thread_self->once = object->outer;
        object->running = false;
        object->done = true;
        object_release(object);
    }
    object_acquire(object);
}

void once_abandon(void)
{
    for (; thread_self->once != NULL;
         thread_self->once = thread_self->once->outer)
        thread_self->once->running = false;
}

int interleave_pthread_once(pthread_once_t *control, void (*routine)(void))
{
    if (run_is_over)
        return pthread_once(control, routine);
    once(object_at(control), routine, CALLER);
    return 0;
}
