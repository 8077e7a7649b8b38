#include "baton.h"

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cancel.h"
#include "ending.h"
#include "idle.h"
#include "run.h"
#include "signals.h"
#include "strategy.h"
#include "timing.h"

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

// Whether it can do what it is about to do.
static bool is_enabled(const struct thread *thread)
{
    return thread->op.enabled == NULL || thread->op.enabled(thread);
}

// Something else than what it waits for makes it go on.
static bool is_called_away(const struct thread *thread)
{
    return signals_due(thread) || cancel_due(thread, thread->op.cancels);
}

struct sets {
    int count, later_count;
    struct thread **now, *later[THREADS_LIMIT];
    int64_t earliest; // deadline of those who wait for something else, too
};

static int64_t deadline_of(const struct thread *thread)
{
    return thread->op.deadline != 0 ? thread->op.deadline : INT64_MAX;
}

static void sort(struct thread *thread, struct sets *sets)
{
    bool enabled = is_enabled(thread), late = thread->op.lazy && !enabled;

    if (thread->op.lazy && thread->op.enabled == NULL)
        late = true;
    if (is_called_away(thread) || (enabled && !late && !idle_is(thread)))
        sets->now[sets->count++] = thread;
    else if (enabled || late)
        sets->later[sets->later_count++] = thread;
    if (late && thread->op.deed != DEED_SLEEP &&
        deadline_of(thread) < sets->earliest)
        sets->earliest = deadline_of(thread);
}

// Those who can go on, in the order of their numbers. Those who wait for time
// to pass come when it has; when there are no others, time passes. Those who
// look again and again at what nobody has changed count only then, too.
static int find_enabled(struct thread *enabled[THREADS_LIMIT])
{
    struct sets sets = {.now = enabled, .earliest = INT64_MAX};

    for (int i = 0; i < thread_count; i++)
        if (!thread_all[i]->finished)
            sort(thread_all[i], &sets);
    for (int i = 0; i < sets.later_count; i++) {
        struct thread *thread = sets.later[i];
        bool sleeps = thread->op.deed == DEED_SLEEP;
        int64_t deadline = deadline_of(thread);

        // A sleep orders nothing: it may be over at any time.
        if (thread->op.lazy && !idle_is(thread) &&
            (sleeps ? deadline <= sets.earliest : deadline <= timing_now()))
            enabled[sets.count++] = thread;
    }
    if (sets.count > 0)
        return sets.count;
    for (int i = 0; i < sets.later_count; i++)
        if (!sets.later[i]->op.lazy ||
            deadline_of(sets.later[i]) == sets.earliest)
            enabled[sets.count++] = sets.later[i];
    return sets.count;
}

static struct thread *choose(int *enabled_count)
{
    struct thread *enabled[THREADS_LIMIT];
    int count = find_enabled(enabled);

    if (count == 0)
        run_ends_stuck();
    if (run_shared->steps >= run_shared->order.steps)
        run_end(FINDING_LIVELOCK, "no end after the steps that are allowed");
    *enabled_count = count;
    return thread_running = strategy_pick(enabled, count);
}

// It is about to do that, waits for its turn, and has it. Returns how many
// could have gone on.
static int wait_for_turn(struct thread *self, const struct op *op)
{
    int enabled;

    self->op = *op;
    run_stop_at(self);
    struct thread *next = choose(&enabled);
    if (next != self) {
        wake(next);
        baton_await();
    }
    return enabled;
}

// Handlers of signals run before the thread does what it was about to do, or
// instead. Returns whether it is to do that now.
static bool handle_signals(struct thread *self, const struct op *op)
{
    bool waited = !is_enabled(self) || op->lazy, restart = signals_deliver();

    self->op = *op;
    self->interrupted =
        waited && (op->interruptible == INTERRUPT_ALWAYS ||
                   (op->interruptible == INTERRUPT_UNLESS_SET && !restart));
    return self->interrupted;
}

void baton_point(struct op op)
{
    struct thread *self = thread_self;
    int error = errno, enabled;
    bool goes_on = false;

    if (run_is_over)
        return;
    run_see_value();
    self->interrupted = false;
    while (!goes_on) {
        enabled = wait_for_turn(self, &op);
        if (cancel_due(self, op.cancels))
            cancel_end(PTHREAD_CANCELED);
        goes_on = !signals_due(self) || handle_signals(self, &op);
    }
    if (self->op.lazy && !self->interrupted &&
        (self->op.enabled == NULL || !self->op.enabled(self)))
        timing_reach(op.deadline);
    run_record(self, enabled);
    errno = error;
}

void baton_leave(void)
{
    int enabled;

    if (run_is_over)
        return;
    for (int i = 0; i < thread_count; i++)
        if (thread_all[i] != thread_self && !thread_all[i]->finished) {
            thread_self->finished = true;
            wake(choose(&enabled));
            return;
        }
    ending_exit(0);
}

int baton_choose(int count)
{
    return strategy_choose(count);
}
