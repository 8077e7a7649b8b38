#include "strategies.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int strategy;
} names[] = {
    {"random", STRATEGY_RANDOM}, {"pct", STRATEGY_PCT},
    {"pos", STRATEGY_POS},       {"surw", STRATEGY_SURW},
    {"delay", STRATEGY_DELAY},   {"places", STRATEGY_PLACES},
    {"dpor", STRATEGY_EXACT},    {"all", STRATEGY_EXACT},
};

// Strategies take turns, so that `mix` is never much worse than the best. Each
// is the best for some kind of bug: POS and SURW in general, PCT when few
// switches at the right places do it, delays when few threads have little to
// do, a walk over places when one thread is unlike many others, a random walk
// when many threads have to meet.
static const struct share mix[] = {
    {STRATEGY_POS, 0},    {STRATEGY_SURW, 0},   {STRATEGY_PLACES, 0},
    {STRATEGY_PCT, 2},    {STRATEGY_DELAY, 2},  {STRATEGY_RANDOM, 0},
    {STRATEGY_SURW, 0},   {STRATEGY_PCT, 3},    {STRATEGY_POS, 0},
    {STRATEGY_PLACES, 0}, {STRATEGY_DELAY, 3},  {STRATEGY_SURW, 0},
    {STRATEGY_POS, 0},    {STRATEGY_RANDOM, 0}, {STRATEGY_PCT, 4},
    {STRATEGY_PLACES, 0},
};

static int find(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].strategy;
    return -1;
}

bool strategies_know(const char *name)
{
    if (strcmp(name, "mix") == 0 || find(name) >= 0)
        return true;
    fprintf(stderr,
            "interleave: there is no strategy '%s'; take mix, random, pct, "
            "pos, surw, delay, places, dpor or all\n",
            name);
    return false;
}

bool strategies_is_systematic(const char *name)
{
    return find(name) == STRATEGY_EXACT;
}

bool strategies_is_naive(const char *name)
{
    return strcmp(name, "all") == 0;
}

void strategies_set(struct order *order, const char *name)
{
    order->mixed = 0;
    if (strcmp(name, "mix") != 0) {
        order->strategy = find(name);
        return;
    }
    for (size_t i = 0; i < sizeof mix / sizeof *mix; i++)
        order->mix[order->mixed++] = mix[i];
}

const char *strategies_name(int strategy)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].strategy == strategy)
            return names[i].name;
    return "mix";
}
