// Delay-bounded scheduling: Emmi, Qadeer and Rakamaric, POPL 2011.
//
// Without delays a thread goes on until it has to wait, and then the next one
// in the circle does. A delay passes over whoever would go on. From one to
// `bound` delays fall on random decisions.
#include "run.h"
#include "way.h"

enum { DELAYS_LIMIT = 32 };

static uint32_t delay[DELAYS_LIMIT]; // at these decisions
static int delays;

static void begin(void)
{
    int bound = run_shared->order.bound;

    if (bound > DELAYS_LIMIT)
        bound = DELAYS_LIMIT;
    delays = bound > 0 ? 1 + (int)way_draw_below((uint64_t)bound) : 0;
    uint32_t decisions = way_decisions_to_come();
    for (int i = 0; i < delays; i++)
        delay[i] = (uint32_t)way_draw_below(decisions);
}

static struct thread *pick(struct thread *enabled[], int count)
{
    int skip = 0;

    for (int i = 0; i < delays; i++)
        skip += count > 1 && delay[i] == way_decisions();
    return way_next(enabled, count, skip);
}

const struct way way_delay = {.begin = begin, .pick = pick};
