#include "baton.h"

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <stdnoreturn.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "idle.h"
#include "run.h"
#include "strategy.h"

static void futex(atomic_int *word, int operation, int value)
{
    syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, NULL, NULL,
            0);
}

static void wake(struct thread *thread)
{
    atomic_store(&thread->turn, 1);
    futex(&thread->turn, FUTEX_WAKE, 1);
}

void baton_await(void)
{
    while (atomic_load(&thread_self->turn) == 0)
        futex(&thread_self->turn, FUTEX_WAIT, 0);
    atomic_store(&thread_self->turn, 0);
}

static bool can_go_on(const struct thread *thread)
{
    return !thread->finished &&
           (thread->op.enabled == NULL || thread->op.enabled(thread));
}

// Those who can go on, in the order of their numbers. Those who only wait for
// time to pass, or who look again and again at what nobody has changed, count
// when there are no others.
static int find_enabled(struct thread *enabled[THREADS_LIMIT])
{
    int count = 0, lazy = 0;
    struct thread *later[THREADS_LIMIT];

    for (int i = 0; i < thread_count; i++) {
        struct thread *thread = thread_all[i];

        if (!can_go_on(thread))
            continue;
        if (thread->op.lazy || idle_is(thread))
            later[lazy++] = thread;
        else
            enabled[count++] = thread;
    }
    if (count > 0)
        return count;
    for (int i = 0; i < lazy; i++)
        enabled[i] = later[i];
    return lazy;
}

// Somebody at the terminal decides: he is told between whom.
static noreturn void pause_here(struct thread *enabled[], int count)
{
    for (int i = 0; i < count; i++)
        run_shared->choice[i] = (uint8_t)enabled[i]->number;
    run_shared->choices = (uint32_t)count;
    run_end(FINDING_PAUSED, "%s", "");
}

static struct thread *choose(int *enabled_count)
{
    static uint32_t chosen; // so often
    struct thread *enabled[THREADS_LIMIT];
    int count = find_enabled(enabled);
    const struct order *order = &run_shared->order;

    if (count == 0)
        run_ends_stuck();
    if (order->pauses && chosen == order->exact_count)
        pause_here(enabled, count);
    if (chosen++ >= order->steps)
        run_end(FINDING_LIVELOCK, "no end after the steps that are allowed");
    *enabled_count = count;
    struct thread *next = strategy_pick(enabled, count);
    return next;
}

void baton_point(struct op op)
{
    struct thread *self = thread_self;
    int error = errno, enabled;

    if (run_is_over)
        return;
    run_see_value();
    self->op = op;
    self->here = op.pc;
    run_stop_at(self);
    struct thread *next = choose(&enabled);
    if (next != self) {
        wake(next);
        baton_await();
    }
    run_record(self, enabled);
    errno = error;
}

void baton_leave(void)
{
    int enabled;

    if (run_is_over)
        return;
    thread_self->finished = true;
    for (int i = 0; i < thread_count; i++)
        if (!thread_all[i]->finished) {
            wake(choose(&enabled));
            return;
        }
    run_exit(0);
}

int baton_choose(int count)
{
    return strategy_choose(count);
}
