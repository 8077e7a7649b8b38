// The random walk: each thread that can go on is as likely as any other.
#include "way.h"

static struct thread *pick(struct thread *enabled[], int count)
{
    return enabled[way_draw_below((uint64_t)count)];
}

const struct way way_random = {.pick = pick};
