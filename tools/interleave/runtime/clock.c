#include "clock.h"

#include <string.h>

void clock_join(struct clock *clock, const struct clock *other)
{
    for (int i = 0; i < other->threads; i++)
        if (other->at[i] > clock_get(clock, i))
            clock_set(clock, i, other->at[i]);
}

void clock_copy(struct clock *clock, const struct clock *other)
{
    clock->threads = other->threads;
    memcpy(clock->at, other->at, (size_t)other->threads * sizeof clock->at[0]);
}

void clock_set(struct clock *clock, int thread, uint32_t at)
{
    while (clock->threads <= thread)
        clock->at[clock->threads++] = 0;
    clock->at[thread] = at;
}

uint32_t clock_get(const struct clock *clock, int thread)
{
    return thread < clock->threads ? clock->at[thread] : 0;
}
