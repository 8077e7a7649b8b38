#include "points.h"

#include "run.h"

static unsigned first_slot(uint64_t key)
{
    return (unsigned)(key * UINT64_C(0x9e3779b97f4a7c15) >> 50) % POINTS_LIMIT;
}

static struct point *find(uint64_t key)
{
    unsigned i = first_slot(key);

    for (int tries = 0; tries < POINTS_LIMIT; tries++) {
        struct point *point = &run_shared->point[i];

        if (point->key == key || point->key == 0)
            return point;
        i = (i + 1) % POINTS_LIMIT;
    }
    return NULL;
}

void points_add(uint64_t key)
{
    struct point *point = find(key);

    if (point == NULL || point->key == key ||
        run_shared->point_count >= POINTS_LIMIT / 2)
        return;
    *point = (struct point){key, run_shared->order.run};
    run_shared->point_count++;
}

static bool has(uint64_t key)
{
    const struct point *point = find(key);

    return point != NULL && point->key == key &&
           point->since < run_shared->order.run;
}

bool points_has(uint64_t address, int size)
{
    if (run_shared->point_count == 0)
        return false;
    for (uint64_t key = address >> 3;
         key <= (address + (uint64_t)size - 1) >> 3; key++)
        if (has(key))
            return true;
    return false;
}
