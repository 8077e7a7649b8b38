#include "ending.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "baton.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

void interleave___assert_fail(const char *claim, const char *file,
                              unsigned line, const char *function)
{
    if (run_is_over)
        __assert_fail(claim, file, line, function);
    run_shared->outcome.pc = CALLER; // the tool finds file and line from it
    run_end(FINDING_ASSERT, "assertion `%s' failed", claim);
}

void interleave_abort(void)
{
    if (run_is_over)
        abort();
    run_shared->outcome.pc = CALLER;
    run_end(FINDING_CRASH, "abort() was called");
}

// ---- what is called at the end ----

enum { HANDLERS_LIMIT = 256 };

struct handlers {
    struct handler {
        void (*call)(void);
        void (*call_with)(int status, void *argument); // on_exit(3)
        void *argument;
    } handler[HANDLERS_LIMIT];
    int count;
};

static struct handlers normal, quick;

static int add(struct handlers *handlers, struct handler handler)
{
    if (handlers->count == HANDLERS_LIMIT)
        return -1;
    handlers->handler[handlers->count++] = handler;
    return 0;
}

int interleave_atexit(void (*call)(void))
{
    return run_is_over ? atexit(call)
                       : add(&normal, (struct handler){.call = call});
}

int interleave_on_exit(void (*call)(int status, void *argument), void *argument)
{
    return run_is_over ? on_exit(call, argument)
                       : add(&normal, (struct handler){.call_with = call,
                                                       .argument = argument});
}

int interleave_at_quick_exit(void (*call)(void))
{
    return run_is_over ? at_quick_exit(call)
                       : add(&quick, (struct handler){.call = call});
}

// The last one first. One of them may call exit again: the rest follows then.
static void run_handlers(struct handlers *handlers, int status)
{
    while (handlers->count > 0) {
        struct handler handler = handlers->handler[--handlers->count];

        if (handler.call != NULL)
            handler.call();
        else
            handler.call_with(status, handler.argument);
    }
}

static void arrive(int status, uint64_t pc)
{
    baton_point(
        (struct op){.deed = DEED_EXIT, .object = (uint64_t)status, .pc = pc});
}

// Runs the handlers, in which the other threads still take part: they are a
// second end.
static noreturn void end_normally(int status, uint64_t pc)
{
    bool handled = normal.count > 0;

    if (!run_is_over)
        arrive(status, pc);
    run_handlers(&normal, status);
    if (!run_is_over && handled)
        arrive(status, pc);
    if (!run_is_over)
        run_exit(status);
    exit(status);
}

void ending_exit(int status)
{
    run_handlers(&normal, status);
    if (!run_is_over)
        run_exit(status);
    exit(status);
}

void ending_of_main(int status)
{
    thread_self->returned = true;
    end_normally(status, 0);
}

// In a process that has left the run (fork), too.
void interleave_exit(int status)
{
    end_normally(status, CALLER);
}

static noreturn void end_at_once(int status, uint64_t pc)
{
    if (!run_is_over) {
        arrive(status, pc);
        run_exit(status);
    }
    _exit(status);
}

void interleave__exit(int status)
{
    end_at_once(status, CALLER);
}

void interleave__Exit(int status)
{
    end_at_once(status, CALLER);
}

void interleave_quick_exit(int status)
{
    uint64_t pc = CALLER;

    if (!run_is_over)
        arrive(status, pc);
    run_handlers(&quick, status);
    end_at_once(status, pc);
}
