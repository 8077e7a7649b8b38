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
#include "cancel.h"
#include "condition.h"
#include "lifetime.h"
#include "mutex.h"
#include "run.h"
#include "timing.h"

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

bool condition_is_signalled(const struct thread *thread)
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
    return may_wake_early(thread) &&
           (condition_is_signalled(thread) || cancel_due(thread, true));
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

// The calling thread has woken up. Returns whether it was signalled; then the
// signal is gone, unless the thread is cancelled: it is for the others then
// (pthread_cond_wait(3p)).
static bool take_signal(struct object *object, bool cancelled)
{
    struct thread *self = thread_self;
    int taken = signal_for(self, object);
    bool signalled = self->woken || taken >= 0;

    if (!self->woken && taken >= 0 && !cancelled)
        memmove(object->signal + taken, object->signal + taken + 1,
                (size_t)(--object->signals - taken) * sizeof object->signal[0]);
    self->waits_for = 0;
    return signalled;
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

// All who wait at the same time must have the same mutex.
static void join_waiters(struct object *object, const struct object *mutex,
                         uint64_t pc)
{
    for (int i = 0; i < thread_count; i++)
        if (is_waiting(thread_all[i], object) &&
            object->partner != mutex->address)
            object_misuse(object, pc,
                          "%s waits for {object} with another mutex than %s, "
                          "which waits for it, too",
                          thread_self->name, thread_all[i]->name);
    object->partner = mutex->address;
}

// The calling thread has the mutex again, as it had it before.
static int get_back(struct object *mutex, int depth, uint64_t pc)
{
    lifetime_check(mutex, pc);
    take_again(mutex, pc);
    if (mutex->lost)
        return ENOTRECOVERABLE;
    mutex->depth = depth;
    object_hold(mutex, pc);
    object_acquire(mutex);
    return mutex_state(mutex);
}

// Gives up the mutex: from now on a signal is for this thread, too.
static void begin_waiting(struct object *object, struct object *mutex,
                          uint64_t pc)
{
    lifetime_point((struct op){.deed = DEED_WAIT,
                               .object = object->address,
                               .second = mutex->address,
                               .pc = pc});
    lifetime_check(mutex, pc);
    join_waiters(object, mutex, pc);
    give_up(mutex, pc);
    thread_self->waits_for = object->address;
    thread_self->waits_since = ++object->round;
    thread_self->woken = false;
}

int condition_wait(struct object *object, struct object *mutex,
                   const struct timespec *until, uint64_t pc)
{
    struct thread *self = thread_self;
    int depth = mutex->depth;

    if (run_is_over)
        return 0;
    if (until != NULL && !timing_is_valid(until))
        return EINVAL;
    if (mutex_answers(mutex) && mutex->holder != self->number)
        return EPERM;
    begin_waiting(object, mutex, pc);
    baton_point((struct op){.deed = DEED_WAKE,
                            .object = object->address,
                            .second = mutex->address,
                            .pc = pc,
                            .enabled = may_wake,
                            .early = until == NULL ? may_wake_early : NULL,
                            .lazy = until != NULL,
                            .deadline = until != NULL ? timing_at(until) : 0});

    bool cancelled = cancel_due(self, true);
    bool signalled = take_signal(object, cancelled);
    if (!signalled && !cancelled)
        run_correct(DEED_WAKE_EARLY);
    int error = get_back(mutex, depth, pc);
    if (signalled)
        object_acquire(object);
    if (cancelled)
        cancel_end(PTHREAD_CANCELED);
    if (error == 0 && !signalled && until != NULL)
        error = ETIMEDOUT;
    return error;
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
    lifetime_point((struct op){.deed = all ? DEED_BROADCAST : DEED_SIGNAL,
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
    lifetime_begin(condition, CALLER);
    return pthread_cond_init(condition, attributes);
}

int interleave_pthread_cond_destroy(pthread_cond_t *condition)
{
    lifetime_end(condition, CALLER);
    return 0;
}

int interleave_pthread_cond_wait(pthread_cond_t *condition,
                                 pthread_mutex_t *mutex)
{
    return condition_wait(lifetime_use(condition, CALLER),
                          mutex_at(mutex, CALLER), NULL, CALLER);
}

int interleave_pthread_cond_timedwait(pthread_cond_t *condition,
                                      pthread_mutex_t *mutex,
                                      const struct timespec *until)
{
    return condition_wait(lifetime_use(condition, CALLER),
                          mutex_at(mutex, CALLER), until, CALLER);
}

int interleave_pthread_cond_clockwait(pthread_cond_t *condition,
                                      pthread_mutex_t *mutex, clockid_t clock,
                                      const struct timespec *until)
{
    if (!timing_limits_by(clock)) // but they all show the same
        return EINVAL;
    return condition_wait(lifetime_use(condition, CALLER),
                          mutex_at(mutex, CALLER), until, CALLER);
}

int interleave_pthread_cond_signal(pthread_cond_t *condition)
{
    condition_signal(lifetime_use(condition, CALLER), false, CALLER);
    return 0;
}

int interleave_pthread_cond_broadcast(pthread_cond_t *condition)
{
    condition_signal(lifetime_use(condition, CALLER), true, CALLER);
    return 0;
}
