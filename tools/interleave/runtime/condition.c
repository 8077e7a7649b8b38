// condition variables.
//
// A wait is two steps: it gives up the mutex and waits; later it is woken and
// takes the mutex again. A signal wakes nobody by itself: it lies there for
// those who were waiting when it came, and whoever of them goes on first takes
// it. So which one a signal wakes is decided by who goes on, like all the rest.
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "baton.h"
#include "condition.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool is_waiting(const struct thread *thread, const struct object *object)
{
    return !thread->finished && thread->waits_for == object->address &&
           !thread->woken;
}

// The oldest signal that came while the thread was waiting; -1: none.
static int signal_for(const struct thread *thread, const struct object *object)
{
    for (int i = 0; i < object->signals; i++)
        if (object->signal[i] > thread->waits_since)
            return i;
    return -1;
}

static bool is_signalled(const struct thread *thread)
{
    return thread->woken ||
           signal_for(thread, object_find(thread->op.object)) >= 0;
}

// A spurious wakeup is allowed at any time: pthread_cond_wait(3).
static bool may_wake_early(const struct thread *thread)
{
    return object_find(thread->op.second)->holder == NOBODY;
}

static bool may_wake(const struct thread *thread)
{
    return may_wake_early(thread) && (thread->timed || is_signalled(thread));
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

// The calling thread has woken up. Returns whether it was signalled; then the
// signal is gone.
static bool take_signal(struct object *object)
{
    struct thread *self = thread_self;
    int taken = signal_for(self, object);
    bool signalled = self->woken || taken >= 0;

    if (!self->woken && taken >= 0)
        memmove(object->signal + taken, object->signal + taken + 1,
                (size_t)(--object->signals - taken) * sizeof object->signal[0]);
    self->waits_for = 0;
    return signalled;
}

int condition_wait(struct object *object, struct object *mutex, bool timed,
                   uint64_t pc)
{
    struct thread *self = thread_self;
    int depth = mutex->depth;

    if (run_is_over)
        return 0;
    baton_point((struct op){.deed = DEED_WAIT,
                            .object = object->address,
                            .second = mutex->address,
                            .pc = pc});
    give_up(mutex);
    self->waits_for = object->address;
    self->waits_since = ++object->round;
    self->woken = false;
    self->timed = timed;
    baton_point((struct op){.deed = DEED_WAKE,
                            .object = object->address,
                            .second = mutex->address,
                            .pc = pc,
                            .enabled = may_wake,
                            .ready = is_signalled,
                            .early = may_wake_early,
                            .lazy = timed});
    bool signalled = take_signal(object);
    mutex->depth = depth;
    object_hold(mutex, pc);
    object_acquire(mutex);
    if (signalled)
        object_acquire(object);
    else
        run_correct(DEED_WAKE_EARLY);
    return signalled || !timed ? 0 : ETIMEDOUT;
}

// A signal for one of those who wait, unless there is one for each already.
static void add_signal(struct object *object, int waiting)
{
    if (object->signals >= waiting)
        return;
    if (object->signal == NULL)
        object->signal = calloc(THREADS_LIMIT, sizeof object->signal[0]);
    if (object->signal == NULL)
        run_end(FINDING_UNJUDGED, "no memory left for a signal");
    object->signal[object->signals++] = ++object->round;
}

void condition_signal(struct object *object, bool all, uint64_t pc)
{
    int waiting = 0;

    if (run_is_over)
        return;
    baton_point((struct op){.deed = all ? DEED_BROADCAST : DEED_SIGNAL,
                            .object = object->address,
                            .pc = pc});
    object_release(object);
    for (int i = 0; i < thread_count; i++)
        if (is_waiting(thread_all[i], object)) {
            waiting++;
            thread_all[i]->woken = all;
        }
    if (waiting == 0)
        object->missed++;
    else if (all)
        object->signals = 0;
    else
        add_signal(object, waiting);
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
