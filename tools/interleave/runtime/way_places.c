// A random walk over places: threads that are about to do the same thing at the
// same place of the code are alike, so first a place is chosen, and then one of
// the threads there. One thread that does something else than a hundred others
// has its say early enough.
#include "way.h"

static bool is_alike(const struct thread *one, const struct thread *other)
{
    return one->op.pc == other->op.pc && one->op.deed == other->op.deed;
}

// How many of those before it are alike.
static int alike_before(struct thread *enabled[], int index)
{
    int count = 0;

    for (int i = 0; i < index; i++)
        count += is_alike(enabled[i], enabled[index]);
    return count;
}

static struct thread *pick(struct thread *enabled[], int count)
{
    struct thread *chosen = enabled[0];
    uint64_t places = 0;

    // The n-th place takes the turn from those before with probability 1/n, the
    // n-th thread of the chosen place likewise.
    for (int i = 0; i < count; i++)
        if (alike_before(enabled, i) == 0 && way_draw_below(++places) == 0)
            chosen = enabled[i];
    uint64_t alike = 0;
    const struct thread *place = chosen;
    for (int i = 0; i < count; i++)
        if (is_alike(enabled[i], place) && way_draw_below(++alike) == 0)
            chosen = enabled[i];
    return chosen;
}

const struct way way_places = {.pick = pick};
