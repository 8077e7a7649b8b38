#include "thread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "baton.h"
#include "crash.h"
#include "keys.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

struct thread *thread_all[THREADS_LIMIT];
int thread_count;
__thread struct thread *thread_self;
struct thread *thread_running;

static struct thread *add_thread(void)
{
    if (thread_count == THREADS_LIMIT)
        run_end(FINDING_UNJUDGED, "more than %d threads", THREADS_LIMIT);
    struct thread *thread = calloc(1, sizeof *thread);
    if (thread == NULL)
        run_end(FINDING_UNJUDGED, "no memory left for a thread");
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
    baton_leave();
}

static void *begin(void *argument)
{
    struct thread *thread = argument;

    thread_self = thread;
    crash_stack();
    baton_begin();
    thread->born = run_shared->steps;
    find_stack(thread);
    void *result = thread->start(thread->argument);
    thread_finish(result);
    return result;
}

// Clients are there before all others, and do not count.
static void name_by_number(struct thread *thread)
{
    snprintf(thread->name, NAME_LIMIT, "T%d",
             thread->number - (int)run_shared->order.clients);
}

struct thread *thread_new(void *(*start)(void *), void *argument)
{
    struct thread *thread = add_thread();

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

int interleave_pthread_create(pthread_t *id, const pthread_attr_t *attributes,
                              void *(*start)(void *), void *argument)
{
    int state = PTHREAD_CREATE_JOINABLE;

    if (run_is_over)
        return pthread_create(id, attributes, start, argument);
    baton_point((struct op){
        .deed = DEED_CREATE, .object = (uint64_t)thread_count, .pc = CALLER});
    struct thread *thread = thread_new(start, argument);
    name_by_number(thread);
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

static bool has_finished(const struct thread *thread)
{
    return thread_all[thread->op.argument]->finished;
}

int interleave_pthread_join(pthread_t id, void **result)
{
    struct thread *thread = thread_find(id);

    if (run_is_over || thread == NULL)
        return pthread_join(id, result);
    baton_point((struct op){.deed = DEED_JOIN,
                            .object = (uint64_t)thread->number,
                            .enabled = has_finished,
                            .argument = (uint64_t)thread->number,
                            .pc = CALLER});
    clock_join(&thread_self->clock, &thread->clock);
    int error = pthread_join(id, NULL);
    if (result != NULL)
        *result = thread->result;
    thread->real = (pthread_t)0; // the id may be used again
    return error;
}

int interleave_pthread_detach(pthread_t id)
{
    struct thread *thread = thread_find(id);

    if (thread != NULL)
        thread->detached = true;
    return pthread_detach(id);
}

void interleave_pthread_exit(void *result)
{
    if (!run_is_over)
        thread_finish(result);
    pthread_exit(result);
}

int interleave_pthread_setname_np(pthread_t id, const char *name)
{
    struct thread *thread = thread_find(id);

    if (thread != NULL)
        thread_rename(thread, name);
    // A written schedule may have waited for somebody of that name.
    baton_point((struct op){.deed = DEED_YIELD, .pc = CALLER});
    return pthread_setname_np(id, name);
}

static noreturn void leave_process(int status, uint64_t pc)
{
    if (!run_is_over) {
        baton_point((struct op){
            .deed = DEED_EXIT, .object = (uint64_t)status, .pc = pc});
        run_exit(status);
    }
    exit(status);
}

void interleave_exit(int status)
{
    leave_process(status, CALLER);
}

void interleave__exit(int status)
{
    leave_process(status, CALLER);
}
