#include "races.h"

#include <string.h>

static uint64_t bit(int thread)
{
    return UINT64_C(1) << thread;
}

// ---- what happens before what ----

static bool is_known(const struct node *node, const uint32_t *knows)
{
    return node->number <= knows[node->thread];
}

static void learn(uint32_t *knows, const uint32_t *from)
{
    for (int i = 0; i < SEARCH_THREADS; i++)
        if (from[i] > knows[i])
            knows[i] = from[i];
}

// ---- the other way round ----

// A sequence that is to be tried, as events.
static struct event sequence[STEPS_LIMIT + 1];

static struct event event_of(const struct node *node)
{
    return (struct event){.touch = node->touch,
                          .thread = node->thread,
                          .number = node->number,
                          .knows = node->knows};
}

// All of the run behind `first` that does not come of it. Returns the length.
// The end of the process is not in it: nothing could come behind.
static uint32_t without(const struct node *nodes, uint32_t first,
                        uint32_t count)
{
    uint32_t length = 0;

    for (uint32_t i = first + 1; i < count; i++)
        if (!is_known(&nodes[first], nodes[i].knows) &&
            nodes[i].touch.deed != DEED_EXIT)
            sequence[length++] = event_of(&nodes[i]);
    return length;
}

// Appends a step whose thread has done the step `last` before it (-1: none).
// What happens before it is not what it was in the run: some of that has been
// left out.
static uint32_t append(const struct node *nodes, uint32_t length,
                       const struct node *second, int64_t last)
{
    static uint32_t knows[SEARCH_THREADS];

    memset(knows, 0, sizeof knows);
    if (last >= 0)
        learn(knows, nodes[last].knows);
    for (uint32_t i = 0; i < length; i++)
        if (conflict_between(&sequence[i].touch, &second->touch))
            learn(knows, sequence[i].knows);
    knows[second->thread] = second->number;
    sequence[length] = event_of(second);
    sequence[length].knows = knows;
    return length + 1;
}

// It need not be tried there if a thread that is asleep could as well go first.
static bool is_tried(const struct node *node, uint32_t length)
{
    for (int i = 0; i < SEARCH_THREADS; i++)
        if ((node->asleep & bit(i)) != 0 &&
            sequence_may_begin_with(sequence, length, i,
                                    &node->asleep_touch[i]))
            return true;
    return false;
}

// Puts the sequence in at the node. Returns false if there is no memory left.
static bool try_there(struct node *node, uint32_t length, struct forest *forest)
{
    return length == 0 || is_tried(node, length) ||
           forest_insert(forest, &node->waiting, sequence, length);
}

// ---- which could have come first ----

// Operations that wait for something; others can be done at any time.
static bool may_wait(enum deed deed)
{
    switch (deed) {
    case DEED_LOCK:
    case DEED_READ_LOCK:
    case DEED_WAKE:
    case DEED_WAKE_EARLY:
    case DEED_JOIN:
    case DEED_ACQUIRE:
    case DEED_LEAVE:
    case DEED_ONCE:
    case DEED_INPUT:
    case DEED_OUTPUT:
    case DEED_ACCEPT:
    case DEED_CONNECT:
    case DEED_POLL:
        return true;
    default:
        return false;
    }
}

enum reversal {
    REVERSAL_NO,
    REVERSAL_MAYBE, // it is tried, and others are looked for
    REVERSAL_YES,
};

// Whether one of the steps between two, that does not come of the first,
// conflicts with the second: then that may be what it waited for.
static bool is_helped(const struct node *nodes, uint32_t first, uint32_t second,
                      uint32_t end)
{
    for (uint32_t i = first + 1; i < end; i++)
        if (!is_known(&nodes[first], nodes[i].knows) &&
            conflict_between(&nodes[i].touch, &nodes[second].touch))
            return true;
    return false;
}

// Whether the second of two steps that conflict could have been carried out
// without the first. It comes behind the first `end`; `last` is the step of its
// thread before.
static enum reversal reversal_of(const struct node *nodes, uint32_t first,
                                 uint32_t second, uint32_t end, int64_t last)
{
    const struct node *one = &nodes[first], *other = &nodes[second];

    if (!conflict_is_race(&one->touch, &other->touch))
        return REVERSAL_NO;
    if (!may_wait(other->touch.deed))
        return REVERSAL_YES;
    // It was about to do just this: the scheduler has seen whether it could.
    if (last < (int64_t)first && (one->enabled & bit(other->thread)) != 0)
        return REVERSAL_YES;
    if (last < (int64_t)first)
        return is_helped(nodes, first, second, end) ? REVERSAL_MAYBE
                                                    : REVERSAL_NO;
    // What the first one could do the second one could have done in its place.
    return one->touch.deed == other->touch.deed &&
                   one->touch.object == other->touch.object
               ? REVERSAL_YES
               : REVERSAL_MAYBE;
}

// The thread's last step below `end`; -1: none.
static int64_t last_step(const struct node *nodes, uint32_t end, int thread)
{
    int64_t i = (int64_t)end - 1;

    while (i >= 0 && nodes[i].thread != thread)
        i--;
    return i;
}

// Fills in what happens before a step, if it comes behind the first `end` ones.
static void order(struct node *nodes, uint32_t step, uint32_t end)
{
    struct node *node = &nodes[step];
    int64_t last = last_step(nodes, end, node->thread);

    memset(node->knows, 0, sizeof node->knows);
    if (last >= 0)
        learn(node->knows, nodes[last].knows);
    node->number = node->knows[node->thread] + 1;
    for (uint32_t i = end; i-- > 0;)
        if (nodes[i].thread != node->thread &&
            !is_known(&nodes[i], node->knows) &&
            conflict_between(&nodes[i].touch, &node->touch))
            learn(node->knows, nodes[i].knows);
    node->knows[node->thread] = node->number;
}

// Finds the races in which a step is the second, and puts in what is to be
// tried before the first ones. Those that happen before a first one come later:
// when that race has been turned round.
static bool turn_round(struct node *nodes, uint32_t step, uint32_t end,
                       uint32_t count, struct forest *forest)
{
    struct node *node = &nodes[step];
    int64_t last = last_step(nodes, end, node->thread);
    uint32_t covered[SEARCH_THREADS] = {0};
    bool good = true;

    if (last >= 0)
        learn(covered, nodes[last].knows);
    for (uint32_t i = end; i-- > 0 && good;) {
        if (nodes[i].thread == node->thread || is_known(&nodes[i], covered) ||
            !conflict_between(&nodes[i].touch, &node->touch))
            continue;
        enum reversal reversal = reversal_of(nodes, i, step, end, last);
        if (reversal == REVERSAL_YES)
            learn(covered, nodes[i].knows);
        if (reversal != REVERSAL_NO)
            good = try_there(
                &nodes[i], append(nodes, without(nodes, i, count), node, last),
                forest);
    }
    return good;
}

// The thread's first step from `step` on, or what it was about to do when the
// run ended; NULL if it had ended.
static const struct node *next_of(const struct node *nodes, uint32_t step,
                                  uint32_t all, int thread)
{
    for (; step < all; step++)
        if (nodes[step].thread == thread)
            return &nodes[step];
    return NULL;
}

// A step after which another thread cannot go on, though it could before it:
// that one is to be tried first. So whatever it is that lets a thread go on,
// nobody has to know.
static bool spare_disabled(struct node *nodes, uint32_t step, uint32_t count,
                           uint32_t pending, struct forest *forest)
{
    struct node *node = &nodes[step];
    uint64_t after = step + 1 < count ? nodes[step + 1].enabled : 0;
    uint64_t disabled = node->enabled & ~after & ~bit(node->thread);
    bool good = true;

    for (; disabled != 0 && good; disabled &= disabled - 1) {
        const struct node *next =
            next_of(nodes, step, count + pending, __builtin_ctzll(disabled));
        if (next == NULL)
            continue;
        sequence[0] = event_of(next);
        good = try_there(node, 1, forest);
    }
    return good;
}

// A thread that has woken though nobody had signalled need not have: all others
// go on without it.
static bool let_sleep(struct node *nodes, uint32_t step, uint32_t count,
                      struct forest *forest)
{
    return nodes[step].touch.deed != DEED_WAKE_EARLY ||
           try_there(&nodes[step], without(nodes, step, count), forest);
}

bool races_find(struct node *nodes, uint32_t first, uint32_t count,
                uint32_t pending, struct forest *forest)
{
    bool good = true;

    for (uint32_t i = first; i < count + pending; i++)
        order(nodes, i, i < count ? i : count);
    for (uint32_t i = first; i < count && good; i++)
        good = turn_round(nodes, i, i, count, forest) &&
               let_sleep(nodes, i, count, forest) &&
               spare_disabled(nodes, i, count, pending, forest);
    for (uint32_t i = count; i < count + pending && good; i++)
        good = turn_round(nodes, i, count, count, forest);
    return good;
}
