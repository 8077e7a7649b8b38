// condition variables.
//
// A wait is two steps: it gives up the mutex and waits; later it is woken and
// takes the mutex again. Which waiter a signal wakes is a choice.
#include <errno.h>
#include <pthread.h>

#include "baton.h"
#include "condition.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool is_waiting(const struct thread *thread, const struct object *object)
{
    return !thread->finished && thread->waits_for == object->address &&
           !thread->woken;
}

static bool may_wake(const struct thread *thread)
{
    const struct object *mutex = object_find(thread->op.argument);

    return (thread->woken || thread->op.lazy) && mutex->holder == NOBODY;
}

static void give_up(struct object *mutex)
{
    if (mutex->holder != thread_self->number) {
        run_shared->outcome.object = mutex->address;
        run_end(FINDING_MISUSE,
                "%s waits on a condition variable without holding the mutex",
                thread_self->name);
    }
    object_release(mutex);
    object_let_go(mutex);
}

int condition_wait(struct object *object, struct object *mutex, bool timed,
                   uint64_t pc)
{
    struct thread *self = thread_self;
    int depth = mutex->depth;

    if (run_is_over)
        return 0;
    baton_point(
        (struct op){.deed = DEED_WAIT, .object = object->address, .pc = pc});
    give_up(mutex);
    self->waits_for = object->address;
    self->woken = false;
    baton_point((struct op){.deed = DEED_WAKE,
                            .object = object->address,
                            .pc = pc,
                            .enabled = may_wake,
                            .argument = mutex->address,
                            .lazy = timed});
    self->waits_for = 0;
    mutex->depth = depth;
    object_hold(mutex, pc);
    object_acquire(mutex);
    if (!self->woken)
        return ETIMEDOUT;
    object_acquire(object);
    return 0;
}

static void wake(struct thread *thread)
{
    thread->woken = true;
    thread->op.lazy = false;
}

void condition_signal(struct object *object, bool all, uint64_t pc)
{
    struct thread *waiting[THREADS_LIMIT];
    int count = 0;

    if (run_is_over)
        return;
    baton_point((struct op){.deed = all ? DEED_BROADCAST : DEED_SIGNAL,
                            .object = object->address,
                            .pc = pc});
    object_release(object);
    for (int i = 0; i < thread_count; i++)
        if (is_waiting(thread_all[i], object))
            waiting[count++] = thread_all[i];
    if (count == 0)
        object->count++; // nobody hears it: see run_ends_stuck
    else if (!all)
        wake(waiting[count > 1 ? baton_choose(count) : 0]);
    for (int i = 0; all && i < count; i++)
        wake(waiting[i]);
}

// ---- pthreads ----

int interleave_pthread_cond_init(pthread_cond_t *condition,
                                 const pthread_condattr_t *attributes)
{
    object_renew(condition);
    return pthread_cond_init(condition, attributes);
}

int interleave_pthread_cond_destroy(pthread_cond_t *condition)
{
    object_at(condition)->destroyed = true;
    return 0;
}

int interleave_pthread_cond_wait(pthread_cond_t *condition,
                                 pthread_mutex_t *mutex)
{
    return condition_wait(object_at(condition), object_at(mutex), false,
                          CALLER);
}

int interleave_pthread_cond_timedwait(pthread_cond_t *condition,
                                      pthread_mutex_t *mutex,
                                      const struct timespec *until)
{
    (void)until;
    return condition_wait(object_at(condition), object_at(mutex), true, CALLER);
}

int interleave_pthread_cond_signal(pthread_cond_t *condition)
{
    condition_signal(object_at(condition), false, CALLER);
    return 0;
}

int interleave_pthread_cond_broadcast(pthread_cond_t *condition)
{
    condition_signal(object_at(condition), true, CALLER);
    return 0;
}
