#include "strategies.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int strategy;
} names[] = {
    {"random", STRATEGY_RANDOM}, {"pct", STRATEGY_PCT},   {"pos", STRATEGY_POS},
    {"delay", STRATEGY_DELAY},   {"dpor", STRATEGY_DPOR},
};

// Strategies take turns, so that `mix` is never much worse than the best.
static const int mix[] = {STRATEGY_POS, STRATEGY_RANDOM, STRATEGY_PCT,
                          STRATEGY_DELAY};

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
            "pos, delay or dpor\n",
            name);
    return false;
}

bool strategies_is_systematic(const char *name)
{
    return find(name) == STRATEGY_DPOR;
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
