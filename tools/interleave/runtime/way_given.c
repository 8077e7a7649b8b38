// Schedules that are given in turns, and the simplest of all.
#include "turns.h"
#include "way.h"

static struct thread *pick_first(struct thread *enabled[], int count)
{
    return way_next(enabled, count, 0);
}

static struct thread *pick_turn(struct thread *enabled[], int count)
{
    struct thread *next = turns_pick(enabled, count);

    if (next == NULL)
        next = way_starved(enabled, count);
    return next != NULL ? next : way_next(enabled, count, 0);
}

const struct way way_first = {.pick = pick_first};
const struct way way_turns = {.pick = pick_turn};
