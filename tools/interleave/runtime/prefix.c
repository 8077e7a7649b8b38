#include "prefix.h"

#include "run.h"
#include "way.h"

static uint32_t picks;         // decisions so far
static bool passed_over;       // the rest of what is given
static uint64_t asleep;        // now
static uint64_t asleep_before; // when it was decided last

static const struct order *order(void)
{
    return &run_shared->order;
}

static void begin(void)
{
    picks = 0;
    passed_over = false;
    asleep = asleep_before = 0;
}

static bool is_asleep(const struct thread *thread)
{
    return thread->number < 64 && (asleep >> thread->number & 1) != 0;
}

// NULL: it cannot go on, and need not.
static struct thread *pick_given(struct thread *enabled[], int count)
{
    for (int i = 0; i < count; i++)
        if (enabled[i]->number == order()->exact[picks])
            return enabled[i];
    if (picks + order()->tentative >= order()->exact_count)
        return NULL;
    run_end(FINDING_UNJUDGED,
            "the same schedule led elsewhere: something besides the threads' "
            "order decides what this program does");
}

// Who goes on rather than another one: who has waited for very long, then who
// does not end the process, then who went on last.
static int merit(const struct thread *thread, const struct thread *current)
{
    return way_is_starved(thread) * 4 + (thread->op.deed != DEED_EXIT) * 2 +
           (thread == current);
}

static struct thread *pick_awake(struct thread *enabled[], int count)
{
    const struct thread *current = way_next(enabled, count, 0);
    struct thread *best = NULL;

    for (int i = 0; i < count; i++)
        if (!is_asleep(enabled[i]) &&
            (best == NULL || merit(enabled[i], current) > merit(best, current)))
            best = enabled[i];
    if (best == NULL) {
        run_shared->outcome.redundant = true;
        run_end(FINDING_NONE, "others have looked at this");
    }
    return best;
}

static struct thread *pick(struct thread *enabled[], int count)
{
    struct thread *next = NULL;

    if (picks + 1 + order()->tentative == order()->exact_count)
        asleep = order()->asleep;
    if (picks < order()->exact_count && !passed_over)
        next = pick_given(enabled, count);
    if (next == NULL) {
        passed_over = true;
        next = pick_awake(enabled, count);
    }
    asleep_before = asleep;
    picks++;
    return next;
}

// What the thread does may wake those who are asleep.
static void done(struct thread *thread)
{
    const struct touch touch = op_touch(&thread->op);

    for (int i = 0; i < thread_count && i < 64; i++) {
        const struct touch theirs = op_touch(&thread_all[i]->op);

        if (is_asleep(thread_all[i]) && conflict_between(&theirs, &touch))
            asleep &= ~(UINT64_C(1) << i);
    }
}

uint64_t prefix_asleep(void)
{
    return asleep_before;
}

const struct way way_prefix = {.begin = begin, .pick = pick, .done = done};
