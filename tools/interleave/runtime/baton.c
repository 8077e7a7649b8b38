#include "baton.h"

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <stdnoreturn.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "idle.h"
#include "rest.h"
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
} last;

static bool is_able(const struct thread *thread)
{
    return !thread->finished &&
           (thread->op.enabled == NULL || thread->op.enabled(thread));
}

// Whether it may go on before its time: see order.early.
static bool is_early(const struct thread *thread)
{
    const struct op *op = &thread->op;

    if (thread->finished || !strategy_allows_early(thread))
        return false;
    return op->lazy ? is_able(thread) : op->early != NULL && op->early(thread);
}

static bool only_waits_for_time(const struct thread *thread)
{
    const struct op *op = &thread->op;

    return op->lazy && (op->ready == NULL || !op->ready(thread));
}

static bool is_ready(const struct thread *thread)
{
    return is_able(thread) && !only_waits_for_time(thread) && !idle_is(thread);
}

// Adds the threads that are as asked, in the order of their numbers.
static void gather(struct choice *choice, bool (*is)(const struct thread *))
{
    choice->count = 0;
    for (int i = 0; i < thread_count; i++)
        if (is(thread_all[i]))
            choice->thread[choice->count++] = thread_all[i];
}

static bool is_ready_or_early(const struct thread *thread)
{
    return is_ready(thread) || is_early(thread);
}

// Of those who wait, the ones that have looked least: no strategy may prefer
// one that looks for ever to one that is about to change something.
static void keep_most_patient(struct choice *choice)
{
    uint32_t least = UINT32_MAX;
    int kept = 0;

    for (int i = 0; i < choice->count; i++)
        if (choice->thread[i]->idle < least)
            least = choice->thread[i]->idle;
    for (int i = 0; i < choice->count; i++)
        if (choice->thread[i]->idle == least)
            choice->thread[kept++] = choice->thread[i];
    choice->count = kept;
}

// Those who only wait for time to pass, or who look again and again at what
// nobody has changed, count when there are no others.
static void find_enabled(struct choice *choice)
{
    gather(choice, is_ready);
    if (choice->count > 0) {
        gather(choice, is_ready_or_early);
        return;
    }
    gather(choice, is_able);
    if (choice->count > 0 && rest_is_for_ever())
        choice->count = 0;
    keep_most_patient(choice);
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
        run_end(FINDING_LIVELOCK, "no end after the steps that are allowed");
    struct thread *next = strategy_pick(last.thread, last.count);
    if (!is_ready(next))
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
    await();
    take_turn();
}

void baton_point(struct op op)
{
    int error = errno;

    if (run_is_over)
        return;
    run_see_value();
    thread_self->op = op;
    thread_self->pc = op.pc;
    run_stop_at(thread_self);
    struct thread *next = choose();
    if (next != thread_self) {
        wake(next);
        await();
    }
    take_turn();
    errno = error;
}

void baton_leave(void)
{
    if (run_is_over)
        return;
    thread_self->finished = true;
    for (int i = 0; i < thread_count; i++)
        if (!thread_all[i]->finished && !thread_all[i]->is_client) {
            wake(choose());
            return;
        }
    run_exit(0);
}
