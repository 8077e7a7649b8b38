// Partial order sampling: Yuan, Yang and Gu, "Partial Order Aware Concurrency
// Sampling", CAV 2018.
//
// Each event to come has a random priority, and the highest comes first. Then
// those that raced with it draw anew: otherwise one that has lost once would be
// likely to lose again.
#include "way.h"

static struct thread *pick(struct thread *enabled[], int count)
{
    for (int i = 0; i < count; i++)
        if (enabled[i]->priority == 0)
            enabled[i]->priority = 1 + way_draw();
    return way_highest(enabled, count);
}

static void redraw(struct thread *done)
{
    const struct touch touch = op_touch(&done->op);

    for (int i = 0; i < thread_count; i++) {
        struct thread *other = thread_all[i];
        const struct touch theirs = op_touch(&other->op);

        if (other == done || conflict_between(&theirs, &touch))
            other->priority = 0;
    }
}

const struct way way_pos = {.pick = pick, .done = redraw};
