#include "watched.h"

#include <stddef.h>

// The slot of the key, or an empty one for it; -1: there is none.
static int slot_of(const struct watched *watched, uint64_t key)
{
    unsigned i =
        (unsigned)(key * UINT64_C(0x9e3779b97f4a7c15) >> 50) % POINTS_LIMIT;

    for (int tries = 0; tries < POINTS_LIMIT; tries++) {
        if (watched->point[i].key == key || watched->point[i].key == 0)
            return (int)i;
        i = (i + 1) % POINTS_LIMIT;
    }
    return -1;
}

const struct point *watched_find(const struct watched *watched, uint64_t key)
{
    int slot = slot_of(watched, key);

    return slot >= 0 && watched->point[slot].key == key ? &watched->point[slot]
                                                        : NULL;
}

void watched_add(struct watched *watched, uint64_t key, uint64_t since)
{
    int slot = slot_of(watched, key);

    if (slot < 0 || watched->point[slot].key == key ||
        watched->count >= POINTS_LIMIT / 2)
        return;
    watched->point[slot] = (struct point){key, since};
    watched->count++;
}

void watched_join(struct watched *watched, const struct watched *other)
{
    for (int i = 0; i < POINTS_LIMIT; i++)
        if (other->point[i].key != 0)
            watched_add(watched, other->point[i].key, other->point[i].since);
}
