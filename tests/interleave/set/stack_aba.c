// Bug: a lock-free stack that compares the top alone: while a pop is between
// reading and exchanging, the same node comes back above another one.
#include <stdatomic.h>

#include "threads.h"

enum { NODES = 3, NONE = 0 };

// Nodes have numbers from 1; above them, in the fixed version, a count of the
// changes.
static atomic_int next[NODES + 1];
static atomic_int taken[NODES + 1];
static atomic_uint top;

static unsigned tag(unsigned before, unsigned node)
{
#ifdef FIXED
    return node | ((before >> 8) + 1) << 8;
#else
    (void)before;
    return node;
#endif
}

static void push(unsigned node)
{
    unsigned before = top;

    do
        next[node] = (int)(before & 255);
    while (!atomic_compare_exchange_strong(&top, &before, tag(before, node)));
}

static unsigned pop(void)
{
    unsigned before = top, node;

    do {
        node = before & 255;
        if (node == NONE)
            return NONE;
    } while (!atomic_compare_exchange_strong(
        &top, &before, tag(before, (unsigned)next[node])));
    assert(atomic_fetch_add(&taken[node], 1) == 0);
    return node;
}

static void give_back(unsigned node)
{
    if (node == NONE)
        return;
    taken[node]--;
    push(node);
}

static void *take_one(void *argument)
{
    pop();
    return argument;
}

static void *take_two(void *argument)
{
    unsigned one = pop();

    pop();
    give_back(one);
    return argument;
}

int main(void)
{
    for (unsigned i = 1; i <= NODES; i++)
        push(i);
    start(take_one, 0);
    start(take_two, 0);
    join_all();
    while (pop() != NONE)
        continue;
    return 0;
}
