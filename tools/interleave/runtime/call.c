#include "call.h"

#include <errno.h>
#include <fcntl.h>

#include "baton.h"
#include "idle.h"
#include "run.h"
#include "timing.h"

// What each thread waits for.
static struct wait {
    const struct call *call; // NULL: nothing
    struct end *kept;        // the descriptor was closed meanwhile
} wait_of[THREADS_LIMIT];

static struct end *end_of(const struct wait *wait)
{
    return wait->kept != NULL ? wait->kept : end_at(wait->call->descriptor);
}

static bool is_ready(const struct thread *thread)
{
    const struct wait *wait = &wait_of[thread->number];
    const struct end *end = end_of(wait);

    return end == NULL || wait->call->ready(end, wait->call->least);
}

const struct end *call_end(const struct thread *thread)
{
    const struct wait *wait = &wait_of[thread->number];

    return wait->call != NULL ? end_of(wait) : NULL;
}

void call_keep(int descriptor)
{
    for (int i = 0; i < thread_count; i++) {
        struct wait *wait = &wait_of[i];

        if (wait->call == NULL || wait->kept != NULL ||
            wait->call->descriptor != descriptor || wait->call->patience == 0 ||
            is_ready(thread_all[i]))
            continue;
        wait->kept = end_at(descriptor);
        wait->kept->references++;
    }
}

int64_t call_patience(int descriptor, int64_t patience)
{
    int flags = fcntl(descriptor, F_GETFL);

    return run_is_over || (flags >= 0 && flags & O_NONBLOCK) ? 0 : patience;
}

struct end *call_await(const struct call *call, bool *ready)
{
    struct thread *self = thread_self;
    struct wait *wait = &wait_of[self->number];

    wait->call = call;
    baton_point((struct op){
        .deed = call->deed,
        .object = call->object,
        .second = call->second != 0 ? call->second
                                    : end_number_object(call->descriptor),
        .pc = call->pc,
        .enabled = call->patience != 0 ? is_ready : NULL,
        .lazy = call->patience > 0,
        .deadline = timing_now() + call->patience,
        .cancels = true,
        .interruptible = INTERRUPT_UNLESS_SET,
    });
    struct end *end = end_of(wait);
    *ready = end != NULL && call->ready(end, call->least);
    if (!run_is_over)
        idle_note(self, *ready);
    if (end == NULL || self->interrupted)
        errno = end == NULL ? EBADF : EINTR;
    return self->interrupted ? NULL : end;
}

void call_done(void)
{
    struct wait *wait = &wait_of[thread_self->number];
    struct end *kept = wait->kept;
    uint64_t pc = wait->call->pc;
    int error = errno;

    thread_self->op.enabled = NULL;
    wait->call = NULL;
    wait->kept = NULL;
    if (kept != NULL)
        end_drop(kept, pc);
    errno = error;
}
