#include "thread.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "baton.h"
#include "crash.h"
#include "frames.h"
#include "idle.h"
#include "keys.h"
#include "mutex.h"
#include "run.h"
#include "state.h"
#include "timing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

struct thread *thread_all[THREADS_LIMIT];
int thread_count;
__thread struct thread *thread_self;
struct thread *thread_running;

// NULL if there are too many.
static struct thread *add_thread(void)
{
    static struct thread pool[THREADS_LIMIT];

    if (thread_count == THREADS_LIMIT)
        return NULL;
    struct thread *thread = &pool[thread_count];
    memset(thread, 0, sizeof *thread);
    thread->number = thread_count;
    thread_all[thread_count++] = thread;
    return thread;
}

// Where the calling thread's stack is: races on memory of a thread that has
// gone are none.
static void find_stack(struct thread *thread)
{
    pthread_attr_t attributes;
    void *low;
    size_t size;

    if (pthread_getattr_np(thread->real, &attributes) != 0)
        return;
    if (pthread_attr_getstack(&attributes, &low, &size) == 0) {
        thread->low = (uint64_t)(uintptr_t)low;
        thread->high = thread->low + size;
    }
    pthread_attr_destroy(&attributes);
}

void thread_rename(struct thread *thread, const char *name)
{
    snprintf(thread->name, NAME_LIMIT, "%s", name);
}

void thread_init(void)
{
    struct thread *thread = add_thread();

    thread->real = pthread_self();
    thread_rename(thread, "main");
    // Above this frame are main's, its arguments and the environment.
    thread->high = (uint64_t)(uintptr_t)__builtin_frame_address(0) + (1 << 18);
    thread->low = thread->high - (8 << 20);
    clock_set(&thread->clock, thread->number, 1);
    thread_self = thread_running = thread;
}

struct thread *thread_find(pthread_t real)
{
    for (int i = thread_count - 1; i >= 0; i--)
        if (pthread_equal(thread_all[i]->real, real))
            return thread_all[i];
    return NULL;
}

void thread_tick(void)
{
    int number = thread_self->number;

    clock_set(&thread_self->clock, number,
              clock_get(&thread_self->clock, number) + 1);
}

void thread_finish(void *result)
{
    keys_destroy();
    thread_self->result = result;
    baton_point((struct op){.deed = DEED_FINISH,
                            .object = (uint64_t)thread_self->number});
    mutex_abandon();
    if (thread_self->number > 0)
        frames_leave(UINT64_MAX, false, thread_self->pc);
    baton_leave();
}

// The main thread's end would end the process: it just never goes on.
void thread_return(void)
{
    if (thread_self->number == 0)
        for (;;)
            pause();
    longjmp(thread_self->bottom, 1);
}

static void *begin(void *argument)
{
    struct thread *thread = argument;

    thread_self = thread;
    thread->top = (uint64_t)(uintptr_t)__builtin_frame_address(0);
    state_know_own();
    crash_stack();
    baton_begin();
    thread->born = run_shared->steps;
    find_stack(thread);
    errno = 0;
    if (setjmp(thread->bottom) == 0)
        thread_finish(thread->start(thread->argument));
    return thread->result;
}

// Clients are there before all others, and do not count.
void thread_default_name(const struct thread *thread, char name[NAME_LIMIT])
{
    if (thread->number == 0)
        snprintf(name, NAME_LIMIT, "main");
    else
        snprintf(name, NAME_LIMIT, "T%d",
                 thread->number - (int)run_shared->order.clients);
}

struct thread *thread_new(void *(*start)(void *), void *argument)
{
    struct thread *thread = add_thread();

    if (thread == NULL)
        run_end(FINDING_UNJUDGED, "more than %d threads in one run",
                THREADS_LIMIT);
    thread->start = start;
    thread->argument = argument;
    return thread;
}

int thread_start(struct thread *thread, const pthread_attr_t *attributes,
                 struct op op)
{
    thread->op = op;
    clock_copy(&thread->clock, &thread_self->clock);
    clock_set(&thread->clock, thread->number, 1);
    thread_tick();
    int error = pthread_create(&thread->real, attributes, begin, thread);
    if (error != 0)
        thread_count--;
    return error;
}

int thread_create(pthread_t *id, const pthread_attr_t *attributes,
                  void *(*start)(void *), void *argument, uint64_t pc)
{
    int state = PTHREAD_CREATE_JOINABLE;

    if (run_is_over)
        return pthread_create(id, attributes, start, argument);
    baton_point((struct op){
        .deed = DEED_CREATE, .object = (uint64_t)thread_count, .pc = pc});
    struct thread *thread = thread_new(start, argument);
    thread->created = pc;
    thread->blocked_signals = thread_self->blocked_signals;
    thread_default_name(thread, thread->name);
    int error = thread_start(
        thread, attributes,
        (struct op){.deed = DEED_START, .object = (uint64_t)thread->number});
    if (error != 0)
        return error;
    if (attributes != NULL)
        pthread_attr_getdetachstate(attributes, &state);
    thread->detached = state == PTHREAD_CREATE_DETACHED;
    *id = thread->real;
    return 0;
}

int interleave_pthread_create(pthread_t *id, const pthread_attr_t *attributes,
                              void *(*start)(void *), void *argument)
{
    return thread_create(id, attributes, start, argument, CALLER);
}

static bool has_finished(const struct thread *thread)
{
    return thread_all[thread->op.argument]->finished;
}

static noreturn void misuse(const char *what, const struct thread *thread,
                            uint64_t pc)
{
    run_shared->outcome.pc = pc;
    run_shared->outcome.where = thread != NULL ? thread->created : 0;
    if (thread == thread_self)
        run_end(FINDING_MISUSE, "%s %s itself", thread_self->name, what);
    if (thread == NULL)
        run_end(FINDING_MISUSE, "%s %s what is no thread", thread_self->name,
                what);
    run_end(FINDING_MISUSE,
            "%s %s %s, which is %s already (created at {where})",
            thread_self->name, what, thread->name,
            thread->joined ? "joined" : "detached");
}

static int join(pthread_t id, void **result, struct op op)
{
    struct thread *thread = thread_find(id);

    if (thread == NULL || thread == thread_self || thread->joined ||
        thread->detached)
        misuse("joins", thread, op.pc);
    op.deed = DEED_JOIN;
    op.object = op.argument = (uint64_t)thread->number;
    op.cancels = true;
    if (op.enabled == NULL && !op.lazy) { // tries
        baton_point(op);
        idle_note(thread_self, thread->finished);
    } else {
        op.enabled = has_finished;
        baton_point(op);
    }
    if (!thread->finished)
        return op.lazy ? ETIMEDOUT : EBUSY;
    if (thread->joined || thread->detached) // meanwhile
        misuse("joins", thread, op.pc);
    clock_join(&thread_self->clock, &thread->clock);
    if (result != NULL)
        *result = thread->result;
    thread->joined = true;
    return thread->number == 0 ? 0 : pthread_join(id, NULL);
}

int thread_join(pthread_t id, void **result, uint64_t pc)
{
    if (run_is_over)
        return pthread_join(id, result);
    return join(id, result, (struct op){.pc = pc, .enabled = has_finished});
}

int interleave_pthread_join(pthread_t id, void **result)
{
    return thread_join(id, result, CALLER);
}

int interleave_pthread_tryjoin_np(pthread_t id, void **result)
{
    if (run_is_over)
        return pthread_tryjoin_np(id, result);
    return join(id, result, (struct op){.pc = CALLER});
}

// Without a time it waits as long as it takes.
static int join_until(pthread_t id, void **result, const struct timespec *until,
                      uint64_t pc)
{
    if (until == NULL)
        return thread_join(id, result, pc);
    if (!timing_is_valid(until))
        return EINVAL;
    return join(
        id, result,
        (struct op){.pc = pc, .lazy = true, .deadline = timing_at(until)});
}

int interleave_pthread_timedjoin_np(pthread_t id, void **result,
                                    const struct timespec *until)
{
    return run_is_over ? pthread_timedjoin_np(id, result, until)
                       : join_until(id, result, until, CALLER);
}

int interleave_pthread_clockjoin_np(pthread_t id, void **result,
                                    clockid_t clock,
                                    const struct timespec *until)
{
    if (run_is_over)
        return pthread_clockjoin_np(id, result, clock, until);
    return timing_limits_by(clock) ? join_until(id, result, until, CALLER)
                                   : EINVAL;
}

int thread_detach(pthread_t id, uint64_t pc)
{
    struct thread *thread = run_is_over ? NULL : thread_find(id);

    if (run_is_over)
        return pthread_detach(id);
    if (thread == NULL || thread->joined || thread->detached)
        misuse("detaches", thread, pc);
    thread->detached = true;
    return thread->number == 0 ? 0 : pthread_detach(id);
}

int interleave_pthread_detach(pthread_t id)
{
    return thread_detach(id, CALLER);
}

int interleave_pthread_setname_np(pthread_t id, const char *name)
{
    struct thread *thread = thread_find(id);

    if (thread != NULL)
        thread_rename(thread, name);
    if (run_is_over)
        return pthread_setname_np(id, name);
    // A written schedule may have waited for somebody of that name.
    baton_point((struct op){.deed = DEED_NAME, .pc = CALLER});
    return pthread_setname_np(id, name);
}
