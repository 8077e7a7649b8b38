// condition variables.
//
// A wait is two steps: it gives up the mutex and waits; later it is woken and
// takes the mutex again. Which waiter a signal wakes is a choice.
#include <errno.h>
#include <pthread.h>

#include "baton.h"
#include "cancel.h"
#include "condition.h"
#include "run.h"
#include "timing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool is_waiting(const struct thread *thread, const struct object *object)
{
    return !thread->finished && thread->waits_for == object->address &&
           !thread->woken;
}

static bool may_wake(const struct thread *thread)
{
    const struct object *mutex = object_find(thread->op.argument);

    return (thread->woken || cancel_due(thread, true)) &&
           mutex->holder == NOBODY;
}

static bool is_free(const struct thread *thread)
{
    return object_find(thread->op.object)->holder == NOBODY;
}

static void give_up(struct object *mutex, uint64_t pc)
{
    if (mutex->holder != thread_self->number)
        object_misuse(
            mutex, pc,
            mutex->holder == NOBODY
                ? "%s waits on a condition variable and gives up "
                  "{object}, which nobody holds"
                : "%s waits on a condition variable and gives up "
                  "{object}, which %s holds since {where}",
            thread_self->name,
            mutex->holder == NOBODY ? "" : thread_all[mutex->holder]->name);
    object_release(mutex);
    object_let_go(mutex);
}

// Time was up, or the thread is cancelled: it needs the mutex all the same.
static void take_again(struct object *mutex, uint64_t pc)
{
    if (mutex->holder != NOBODY)
        baton_point((struct op){.deed = DEED_LOCK,
                                .object = mutex->address,
                                .pc = pc,
                                .enabled = is_free});
}

int condition_wait(struct object *object, struct object *mutex,
                   const struct timespec *until, uint64_t pc)
{
    struct thread *self = thread_self;
    int depth = mutex->depth;

    if (run_is_over)
        return 0;
    baton_point(
        (struct op){.deed = DEED_WAIT, .object = object->address, .pc = pc});
    give_up(mutex, pc);
    self->waits_for = object->address;
    self->woken = false;
    baton_point((struct op){.deed = DEED_WAKE,
                            .object = object->address,
                            .pc = pc,
                            .enabled = may_wake,
                            .argument = mutex->address,
                            .lazy = until != NULL,
                            .deadline = until != NULL ? timing_at(until) : 0});
    self->waits_for = 0;
    take_again(mutex, pc);
    mutex->depth = depth;
    object_hold(mutex, pc);
    object_acquire(mutex);
    if (self->woken)
        object_acquire(object);
    cancel_test();
    return self->woken ? 0 : ETIMEDOUT;
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
    object_destroy(condition, CALLER);
    return 0;
}

int interleave_pthread_cond_wait(pthread_cond_t *condition,
                                 pthread_mutex_t *mutex)
{
    return condition_wait(object_use(condition, CALLER),
                          object_use(mutex, CALLER), NULL, CALLER);
}

int interleave_pthread_cond_timedwait(pthread_cond_t *condition,
                                      pthread_mutex_t *mutex,
                                      const struct timespec *until)
{
    return condition_wait(object_use(condition, CALLER),
                          object_use(mutex, CALLER), until, CALLER);
}

int interleave_pthread_cond_clockwait(pthread_cond_t *condition,
                                      pthread_mutex_t *mutex, clockid_t clock,
                                      const struct timespec *until)
{
    (void)clock; // they all show the same
    return condition_wait(object_use(condition, CALLER),
                          object_use(mutex, CALLER), until, CALLER);
}

int interleave_pthread_cond_signal(pthread_cond_t *condition)
{
    condition_signal(object_use(condition, CALLER), false, CALLER);
    return 0;
}

int interleave_pthread_cond_broadcast(pthread_cond_t *condition)
{
    condition_signal(object_use(condition, CALLER), true, CALLER);
    return 0;
}
