#include "points.h"

#include "../watched.h"
#include "run.h"

void points_add(uint64_t key)
{
    watched_add(&run_shared->watched, key, run_shared->order.run);
}

static bool has(uint64_t key)
{
    const struct point *point = watched_find(&run_shared->watched, key);

    return point != NULL && point->since < run_shared->order.run;
}

bool points_has(uint64_t address, int size)
{
    if (run_shared->watched.count == 0)
        return false;
    for (uint64_t key = address >> 3;
         key <= (address + (uint64_t)size - 1) >> 3; key++)
        if (has(key))
            return true;
    return false;
}
