#include "luck.h"

#include <string.h>

#include "random.h"

// Operations in a part. How many of the next parts are changed, too: one, and
// one more after so many changes.
enum { OPERATIONS = 300, CHANGES = 3 };

void luck_init(struct luck *luck, int64_t start, int64_t end, int operations)
{
    memset(luck, 0, sizeof *luck);
    luck->start = start;
    luck->end = end > start ? end : start + 1;
    luck->parts = operations / OPERATIONS + 1;
    if (luck->parts > LUCK_PARTS)
        luck->parts = LUCK_PARTS;
}

static int part_of(const struct luck *luck, int64_t time)
{
    double share = (double)(time - luck->start) /
                   (double)(luck->end - luck->start) * luck->parts;

    return share < 0 ? 0 : share >= luck->parts ? luck->parts - 1 : (int)share;
}

void luck_change(struct luck *luck, int64_t time)
{
    int part = part_of(luck, time);
    int reach = 1 + (int)(luck->part[part] / CHANGES);

    for (int i = part - 2 * reach; i <= part + reach; i++)
        if (i >= 0 && i < luck->parts)
            luck->part[i]++;
}

void luck_set(struct luck *luck, int changes)
{
    for (int i = 0; i < luck->parts; i++)
        luck->part[i] = (uint64_t)changes;
}

int luck_changes(const struct luck *luck, int64_t time)
{
    return (int)luck->part[part_of(luck, time)];
}

int luck_guess(const struct luck *luck, int64_t time, int what, int limit)
{
    uint64_t changes = luck->part[part_of(luck, time)];

    if (changes == 0)
        return 0;
    uint64_t state = random_mix(random_mix(changes) + (uint64_t)what);
    return random_below(&state, limit);
}
