// Probabilistic concurrency testing: Burckhardt, Kothari, Musuvathi and
// Nagarakatte, "A Randomized Scheduler with Probabilistic Guarantees of Finding
// Bugs", ASPLOS 2010.
//
// Threads have random priorities, and the highest goes on. At depth - 1 random
// decisions whoever would go on falls below all others. A bug that takes
// `depth` events in a certain order, among n threads and k decisions, is found
// with a probability of at least 1 / (n k^(depth - 1)).
#include "run.h"
#include "way.h"

enum { CHANGES_LIMIT = 32 };

static const uint64_t HIGH = UINT64_C(1) << 62, MIDDLE = UINT64_C(1) << 61;

static uint32_t change[CHANGES_LIMIT]; // at these decisions
static int changes;
static uint64_t lowest; // given to those who yield, each below the one before

static void begin(void)
{
    changes = run_shared->order.depth - 1;
    if (changes > CHANGES_LIMIT)
        changes = CHANGES_LIMIT;
    uint32_t decisions = way_decisions_to_come();
    for (int i = 0; i < changes; i++)
        change[i] = (uint32_t)way_draw_below(decisions);
    lowest = MIDDLE;
}

// The i-th change lowers a priority to i; the changes are in random order.
static struct thread *pick(struct thread *enabled[], int count)
{
    for (int i = 0; i < count; i++)
        if (enabled[i]->priority == 0)
            enabled[i]->priority = HIGH + way_draw() / 2;
    struct thread *best = way_highest(enabled, count);
    for (int i = 0; i < changes; i++)
        if (count > 1 && change[i] == way_decisions()) {
            best->priority = MIDDLE + (uint64_t)(changes - i);
            best = way_highest(enabled, count);
        }
    return best;
}

// Whoever yields wants the others to go on.
static void done(struct thread *thread)
{
    if (thread->op.deed == DEED_YIELD)
        thread->priority = lowest--;
}

const struct way way_pct = {.begin = begin, .pick = pick, .done = done};
