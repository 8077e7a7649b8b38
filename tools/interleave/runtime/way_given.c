// Schedules that are given: the threads one by one, or in turns; and the
// simplest of all.
#include "run.h"
#include "turns.h"
#include "way.h"

static struct thread *pick_first(struct thread *enabled[], int count)
{
    return way_next(enabled, count, 0);
}

static uint32_t picks;

static struct thread *pick_exact(struct thread *enabled[], int count)
{
    const struct order *order = &run_shared->order;
    uint32_t number = picks++;

    if (number < order->exact_count)
        for (int i = 0; i < count; i++)
            if (enabled[i]->number == order->exact[number])
                return enabled[i];
    return way_next(enabled, count, 0);
}

static struct thread *pick_turn(struct thread *enabled[], int count)
{
    struct thread *next = turns_pick(enabled, count);

    return next != NULL ? next : way_next(enabled, count, 0);
}

const struct way way_first = {.pick = pick_first};
const struct way way_exact = {.pick = pick_exact};
const struct way way_turns = {.pick = pick_turn};
