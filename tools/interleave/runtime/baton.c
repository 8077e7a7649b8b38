#include "baton.h"

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cancel.h"
#include "ending.h"
#include "idle.h"
#include "rest.h"
#include "run.h"
#include "signals.h"
#include "strategy.h"
#include "timing.h"
#include "way.h"

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

static void await(void)
{
    while (atomic_load(&thread_self->turn) == 0)
        futex(&thread_self->turn, FUTEX_WAIT, 0);
    atomic_store(&thread_self->turn, 0);
}

// Who could have gone on when it was decided last.
static struct choice {
    struct thread *thread[THREADS_LIMIT];
    int count;
    bool ready; // for some of them nothing has to happen before its time
} last;

// Whether a thread can go on.
enum chance {
    CHANCE_NONE,
    CHANCE_LATER, // when nobody else can: see idle.h, op.lazy
    CHANCE_EARLY, // before its time: see order.early
    CHANCE_NOW,
};

// What it waits for has not come, but it does not wait for ever.
static bool waits_for_time(const struct thread *thread)
{
    const struct op *op = &thread->op;

    return op->lazy && (op->enabled == NULL || !op->enabled(thread));
}

static enum chance chance_of(const struct thread *thread)
{
    const struct op *op = &thread->op;

    if (thread->finished)
        return CHANCE_NONE;
    // Something else than what it waits for makes it go on.
    if (signals_due(thread) || cancel_due(thread, op->cancels))
        return CHANCE_NOW;
    bool able = op->enabled == NULL || op->enabled(thread);
    if (op->lazy && (op->enabled == NULL || !able))
        return strategy_allows_early(thread) ? CHANCE_EARLY : CHANCE_LATER;
    if (able)
        return idle_is(thread) ? CHANCE_LATER : CHANCE_NOW;
    return op->early != NULL && op->early(thread) &&
                   strategy_allows_early(thread)
               ? CHANCE_EARLY
               : CHANCE_NONE;
}

// Keeps the threads that are as asked.
static void keep(struct choice *choice, bool (*is)(const struct thread *))
{
    int kept = 0;

    for (int i = 0; i < choice->count; i++)
        if (is(choice->thread[i]))
            choice->thread[kept++] = choice->thread[i];
    choice->count = kept;
}

static int64_t deadline_of(const struct thread *thread)
{
    return waits_for_time(thread) ? thread->op.deadline : 0;
}

static int64_t earliest;
static uint32_t least;

static bool is_earliest(const struct thread *thread)
{
    return deadline_of(thread) <= earliest;
}

static bool is_most_patient(const struct thread *thread)
{
    return idle_rounds(thread) == least;
}

// Nobody is ready: of those who wait for time to pass, the first; of those who
// look again and again at what nobody has changed, those who have looked least.
// No strategy may prefer one that looks for ever to one that is about to change
// something.
static void keep_first(struct choice *choice)
{
    least = UINT32_MAX;
    for (int i = 0; i < choice->count; i++)
        if (idle_rounds(choice->thread[i]) < least)
            least = idle_rounds(choice->thread[i]);
    keep(choice, is_most_patient);
    earliest = INT64_MAX;
    for (int i = 0; i < choice->count; i++)
        if (deadline_of(choice->thread[i]) < earliest)
            earliest = deadline_of(choice->thread[i]);
    keep(choice, is_earliest);
}

// A spurious wakeup alone saves nobody from a deadlock.
static bool is_possible(const struct thread *thread)
{
    return thread->op.enabled == NULL || thread->op.enabled(thread) ||
           thread->op.lazy;
}

// Whoever can go on again and again does so in the end, also one that waits for
// time to pass, or that has gone round in vain.
static void count_hunger(struct thread *thread, enum chance chance)
{
    bool could = chance == CHANCE_NOW || chance == CHANCE_LATER ||
                 (chance == CHANCE_EARLY && waits_for_time(thread));

    thread->hungry += could;
}

// All who can go on go round and round, and nothing changes: the run is over.
static void refuse_vain(const struct choice *choice)
{
    for (int i = 0; i < choice->count; i++)
        if (!idle_is_for_ever(choice->thread[i], choice->count == 1))
            return;
    if (choice->count > 0)
        run_end(FINDING_LIVELOCK,
                "%s goes round and round, and nobody changes what it looks at",
                choice->thread[0]->name);
}

// Nobody can go on at once.
static void find_later(struct choice *choice)
{
    keep(choice, is_possible);
    if (choice->count > 0 && rest_is_for_ever())
        choice->count = 0;
    refuse_vain(choice);
    keep_first(choice);
}

// Those who can go on, in the order of their numbers.
static void find_enabled(struct choice *choice)
{
    enum chance chance[THREADS_LIMIT];
    const int count = thread_count;
    bool ready = false;

    for (int i = 0; i < count; i++) {
        chance[i] = chance_of(thread_all[i]);
        ready = ready || chance[i] == CHANCE_NOW;
        count_hunger(thread_all[i], chance[i]);
    }
    choice->ready = ready;
    choice->count = 0;
    for (int i = 0; i < count; i++)
        if (chance[i] >= (ready ? CHANCE_EARLY : CHANCE_LATER) ||
            (chance[i] == CHANCE_LATER && way_is_starved(thread_all[i])))
            choice->thread[choice->count++] = thread_all[i];
    if (!ready)
        find_later(choice);
}

// Somebody at the terminal decides: he is told between whom.
static noreturn void pause_here(void)
{
    for (int i = 0; i < last.count; i++)
        run_shared->choice[i] = (uint8_t)last.thread[i]->number;
    run_shared->choices = (uint32_t)last.count;
    run_end(FINDING_PAUSED, "%s", "");
}

static struct thread *choose(void)
{
    static uint32_t chosen; // so often
    const struct order *order = &run_shared->order;

    find_enabled(&last);
    if (last.count == 0)
        run_ends_stuck();
    if (order->pauses && chosen == order->exact_count)
        pause_here();
    if (chosen++ >= order->steps)
        run_end(FINDING_UNJUDGED,
                "it has more than %u steps (--steps allows more)",
                order->steps);
    struct thread *next = strategy_pick(last.thread, last.count);
    next->hungry = 0;
    if (last.ready && chance_of(next) == CHANCE_EARLY)
        strategy_note_early(next);
    return thread_running = next;
}

// The calling thread has the baton: what it announced becomes a step.
static void take_turn(void)
{
    uint64_t set = 0;

    for (int i = 0; i < last.count; i++)
        if (last.thread[i]->number < 64)
            set |= UINT64_C(1) << last.thread[i]->number;
    run_record(thread_self, last.count, set);
}

void baton_begin(void)
{
    thread_self->parked = __builtin_frame_address(0);
    await();
    take_turn();
}

// It is about to do that, waits for its turn, and has it.
static void wait_for_turn(const struct op *op)
{
    thread_self->op = *op;
    thread_self->pc = op->pc;
    thread_self->parked = __builtin_frame_address(0);
    run_stop_at(thread_self);
    struct thread *next = choose();
    if (next != thread_self) {
        wake(next);
        await();
    }
}

// Handlers of signals run before the thread does what it was about to do, or
// instead. Returns whether it is to do that now.
static bool handle_signals(struct thread *self, const struct op *op)
{
    bool able = op->enabled == NULL || op->enabled(self);
    bool waited = !able || op->lazy, restart = signals_deliver();

    self->op = *op;
    self->interrupted =
        waited && (op->interruptible == INTERRUPT_ALWAYS ||
                   (op->interruptible == INTERRUPT_UNLESS_SET && !restart));
    return self->interrupted;
}

void baton_point(struct op op)
{
    struct thread *self = thread_self;
    int error = errno;
    bool goes_on = false;

    if (run_is_over)
        return;
    run_see_value();
    idle_settle();
    self->interrupted = false;
    while (!goes_on) {
        wait_for_turn(&op);
        if (cancel_due(self, op.cancels))
            cancel_end(PTHREAD_CANCELED);
        goes_on = !signals_due(self) || handle_signals(self, &op);
    }
    if (waits_for_time(self) && !self->interrupted)
        timing_reach(op.deadline);
    take_turn();
    errno = error;
}

void baton_leave(void)
{
    if (run_is_over)
        return;
    for (int i = 0; i < thread_count; i++)
        if (thread_all[i] != thread_self && !thread_all[i]->finished &&
            !thread_all[i]->is_client) {
            thread_self->finished = true;
            strategy_leave(thread_self);
            wake(choose());
            return;
        }
    ending_exit(0);
}
