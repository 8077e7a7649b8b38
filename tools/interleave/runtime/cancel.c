#include "cancel.h"

#include <errno.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>

#include "baton.h"
#include "once.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

bool cancel_due(const struct thread *thread, bool point)
{
    return thread->cancelled && !thread->cancel_disabled && !thread->ending &&
           (point || thread->cancel_at_once);
}

int interleave_pthread_cancel(pthread_t id)
{
    struct thread *target = run_is_over ? NULL : thread_find(id);

    if (run_is_over)
        return pthread_cancel(id);
    if (target == NULL)
        return ESRCH;
    baton_point((struct op){
        .deed = DEED_CANCEL, .object = (uint64_t)target->number, .pc = CALLER});
    if (!target->finished)
        target->cancelled = true;
    return 0;
}

void cancel_test(void)
{
    if (!run_is_over && cancel_due(thread_self, true))
        cancel_end(PTHREAD_CANCELED);
}

void interleave_pthread_testcancel(void)
{
    if (run_is_over)
        pthread_testcancel();
    else if (thread_self->cancelled)
        cancel_test();
    else
        baton_point(
            (struct op){.deed = DEED_YIELD, .pc = CALLER, .cancels = true});
}

int interleave_pthread_setcancelstate(int state, int *old)
{
    if (run_is_over)
        return pthread_setcancelstate(state, old);
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (old != NULL)
        *old = thread_self->cancel_disabled ? PTHREAD_CANCEL_DISABLE
                                            : PTHREAD_CANCEL_ENABLE;
    thread_self->cancel_disabled = state == PTHREAD_CANCEL_DISABLE;
    return 0;
}

int interleave_pthread_setcanceltype(int type, int *old)
{
    if (run_is_over)
        return pthread_setcanceltype(type, old);
    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
        return EINVAL;
    if (old != NULL)
        *old = thread_self->cancel_at_once ? PTHREAD_CANCEL_ASYNCHRONOUS
                                           : PTHREAD_CANCEL_DEFERRED;
    thread_self->cancel_at_once = type == PTHREAD_CANCEL_ASYNCHRONOUS;
    return 0;
}

// ---- cleanup handlers ----
//
// pthread_cleanup_push(3) is a macro of the C library's: it calls setjmp(3),
// then registers the buffer; whoever ends the thread jumps to the last one,
// which calls its handler and asks for the next.

void interleave___pthread_register_cancel(__pthread_unwind_buf_t *buffer)
{
    struct thread *self = thread_self;

    if (self == NULL)
        return;
    if (self->cleanups == CLEANUPS_LIMIT)
        run_end(FINDING_UNJUDGED, "more than %d cleanup handlers in one thread",
                CLEANUPS_LIMIT);
    self->cleanup[self->cleanups].buffer = buffer;
    self->cleanup[self->cleanups++].stack = self->stack;
}

void interleave___pthread_unregister_cancel(__pthread_unwind_buf_t *buffer)
{
    (void)buffer;
    if (thread_self != NULL && thread_self->cleanups > 0)
        thread_self->cleanups--;
}

static noreturn void unwind(void)
{
    struct thread *self = thread_self;

    if (self->cleanups > 0) {
        __pthread_unwind_buf_t *buffer = self->cleanup[--self->cleanups].buffer;

        // The same layout, cut off before the mask, which was not saved.
        jmp_buf handler = {0};
        memcpy(handler, buffer->__cancel_jmp_buf,
               sizeof buffer->__cancel_jmp_buf);
        self->stack = self->cleanup[self->cleanups].stack;
        longjmp(handler, 1);
    }
    if (run_is_over)
        pthread_exit(self->result);
    thread_finish(self->result);
    thread_return();
}

void interleave___pthread_unwind_next(__pthread_unwind_buf_t *buffer)
{
    (void)buffer;
    unwind();
}

void cancel_end(void *result)
{
    thread_self->ending = true;
    once_abandon();
    thread_self->result = result;
    unwind();
}

void interleave_pthread_exit(void *result)
{
    if (thread_self == NULL)
        pthread_exit(result);
    cancel_end(result);
}
