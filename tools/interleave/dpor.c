#include "dpor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conflict.h"

enum { STEPS_LIMIT = 4096, DPOR_THREADS = 64 };

// A step of the last run, and what else was possible. Sets of threads are bits.
struct node {
    uint8_t thread; // who went on
    struct touch touch;
    uint64_t enabled; // who could have
    uint64_t asleep;  // who need not be tried
    uint64_t tried;
    uint64_t wanted; // who has to be tried
    uint32_t number; // of this step among those of its thread, from 1
    uint32_t knows[DPOR_THREADS]; // so many steps of each thread are before it
};

static uint64_t bit(int thread)
{
    return UINT64_C(1) << thread;
}

bool dpor_open(struct dpor *dpor)
{
    *dpor = (struct dpor){.nodes = malloc(STEPS_LIMIT * sizeof *dpor->nodes)};
    if (dpor->nodes == NULL)
        fprintf(stderr, "interleave: no memory left for a search\n");
    return dpor->nodes != NULL;
}

void dpor_close(struct dpor *dpor)
{
    free(dpor->nodes);
}

// ---- what happens before what ----

static bool is_known(const struct node *node, const uint32_t *knows)
{
    return node->number <= knows[node->thread];
}

static void learn(uint32_t *knows, const struct node *from)
{
    for (int i = 0; i < DPOR_THREADS; i++)
        if (from->knows[i] > knows[i])
            knows[i] = from->knows[i];
}

// What the thread of a step knew before it: its step before that, or NULL.
static const struct node *before(const struct node *nodes, uint32_t step)
{
    for (uint32_t i = step; i > 0; i--)
        if (nodes[i - 1].thread == nodes[step].thread)
            return &nodes[i - 1];
    return NULL;
}

// ---- races ----

// The steps behind `first` that do not depend on it, and then `second`: who
// could have begun these? Those whose first step there depends on no other.
static uint64_t initials(const struct node *nodes, uint32_t first,
                         uint32_t second)
{
    uint64_t seen = 0, found = 0;
    uint32_t kept[STEPS_LIMIT], count = 0;

    for (uint32_t i = first + 1; i <= second; i++) {
        const struct node *node = &nodes[i];
        bool free = true;

        if (i < second && is_known(&nodes[first], node->knows))
            continue;
        for (uint32_t k = 0; k < count && free; k++)
            free = !is_known(&nodes[kept[k]], node->knows);
        if (free && !(seen & bit(node->thread)))
            found |= bit(node->thread);
        seen |= bit(node->thread);
        kept[count++] = i;
    }
    return found;
}

// Somebody has to be tried before `first` who leads to `second` coming first.
static void turn_round(struct node *nodes, uint32_t first, uint32_t second)
{
    struct node *node = &nodes[first];
    uint64_t possible = initials(nodes, first, second) & node->enabled;
    uint64_t wish = bit(nodes[second].thread);

    if (possible == 0 || (possible & (node->wanted | node->asleep)) != 0)
        return;
    node->wanted |= (possible & wish) != 0 ? wish : possible & -possible;
}

// Fills in what happens before a step, and finds the races in which it is the
// second.
static void analyse(struct node *nodes, uint32_t step)
{
    struct node *node = &nodes[step];
    const struct node *last = before(nodes, step);
    uint32_t covered[DPOR_THREADS] = {0};

    memset(node->knows, 0, sizeof node->knows);
    if (last != NULL)
        learn(node->knows, last);
    memcpy(covered, node->knows, sizeof covered);
    node->number = node->knows[node->thread] + 1;
    for (uint32_t i = step; i-- > 0;) {
        const struct node *other = &nodes[i];

        if (other->thread == node->thread || is_known(other, covered) ||
            !conflict_between(&other->touch, &node->touch))
            continue;
        learn(node->knows, other);
        if (conflict_is_race(&other->touch, &node->touch)) {
            learn(covered, other);
            turn_round(nodes, i, step);
        }
    }
    node->knows[node->thread] = node->number;
}

// ---- the search ----

// What signals, cancellation and other processes do depends on more than the
// order of the steps.
static bool is_tractable(const struct step *step)
{
    switch (step->deed) {
    case DEED_SEND:
    case DEED_HANDLE:
    case DEED_SIGWAIT:
    case DEED_CANCEL:
    case DEED_FORK:
    case DEED_AWAIT:
        return false;
    default:
        return step->deed < DEEDS;
    }
}

static struct touch touch_of(const struct step *step)
{
    return (struct touch){step->deed, step->size, step->object, step->second};
}

// Whether a step of the given beginning is what it was in the run before: the
// same choice, and, but for the last one, the same step. If not, something else
// decides what the program does, and nothing is proved.
static bool is_same(const struct dpor *dpor, uint32_t number,
                    const struct step *step)
{
    const struct node *node = &dpor->nodes[number];
    struct touch touch = touch_of(step);

    return node->enabled == step->enabled_set && node->thread == step->thread &&
           (number + 1 == dpor->depth ||
            (node->touch.deed == touch.deed && node->touch.size == touch.size &&
             node->touch.object == touch.object &&
             node->touch.second == touch.second));
}

// A decision of the last run becomes a node. Returns false if that cannot be.
static bool read_step(struct dpor *dpor, uint32_t number,
                      const struct step *step)
{
    struct node *node = &dpor->nodes[number];

    if (number == STEPS_LIMIT || step->thread >= DPOR_THREADS ||
        !is_tractable(step))
        return false;
    if (number < dpor->depth && !is_same(dpor, number, step))
        return false;
    if (number >= dpor->depth)
        *node = (struct node){.enabled = step->enabled_set,
                              .asleep = step->asleep,
                              .thread = step->thread,
                              .wanted = bit(step->thread)};
    node->touch = touch_of(step);
    return true;
}

// Returns how many decisions there were; STEPS_LIMIT: no systematic search can
// be made of them.
static uint32_t read_trace(struct dpor *dpor, const struct shared *shared)
{
    uint32_t count = 0;

    if (shared->steps > TRACE_LIMIT || shared->threads > DPOR_THREADS)
        return STEPS_LIMIT;
    for (uint32_t i = 0; i < shared->steps; i++)
        if (shared->trace[i].enabled > 0 &&
            !read_step(dpor, count++, &shared->trace[i]))
            return STEPS_LIMIT;
    return count;
}

// Notes who has to be tried where, by the steps that are new in the last run,
// and by the end of the process while others could have gone on.
static void look_for_races(struct dpor *dpor, uint32_t count)
{
    uint32_t first = dpor->again || dpor->depth == 0 ? 0 : dpor->depth - 1;

    dpor->again = false;
    for (uint32_t i = first; i < count; i++)
        analyse(dpor->nodes, i);
    if (count > 0 && dpor->nodes[count - 1].touch.deed == DEED_EXIT)
        dpor->nodes[count - 1].wanted |= dpor->nodes[count - 1].enabled;
}

// Goes back to the last step where another thread has to be tried.
static void go_back(struct dpor *dpor, uint32_t count)
{
    for (; count > 0; count--) {
        struct node *node = &dpor->nodes[count - 1];

        node->tried |= bit(node->thread);
        uint64_t left = node->wanted & ~node->tried & ~node->asleep;
        if (left == 0)
            continue;
        node->thread = (uint8_t)__builtin_ctzll(left);
        dpor->depth = count;
        return;
    }
    dpor->done = true;
}

static void give_order(const struct dpor *dpor, struct order *order,
                       uint64_t run)
{
    order->strategy = STRATEGY_EXACT;
    order->mixed = 0;
    order->runs = 1;
    order->run = run;
    order->early = 1;
    order->exact_count = dpor->depth;
    for (uint32_t i = 0; i < dpor->depth; i++)
        order->exact[i] = dpor->nodes[i].thread;
    if (dpor->depth > 0) {
        const struct node *node = &dpor->nodes[dpor->depth - 1];
        order->asleep = node->asleep | node->tried;
    } else {
        order->asleep = 0;
    }
}

// What was seen is worth nothing when other accesses are scheduled from now on.
static bool has_new_points(struct dpor *dpor, const struct shared *shared)
{
    bool new = shared->watched.count != dpor->points;

    dpor->points = shared->watched.count;
    if (new) {
        dpor->again = false;
        dpor->depth = 0;
        dpor->passed = 0;
    }
    return new;
}

// Whether the run went on until it ended by itself, be it in a deadlock: then
// its steps tell what else is possible.
static bool is_whole(const struct shared *shared)
{
    return shared->outcome.finding == FINDING_NONE ||
           shared->outcome.finding == FINDING_DEADLOCK;
}

bool dpor_run(struct dpor *dpor, struct program *program, uint64_t run)
{
    struct shared *shared = program->shared;

    if (dpor->schedules == 0)
        dpor->points = shared->watched.count;
    give_order(dpor, &shared->order, run);
    if (!program_run(program))
        return false;
    dpor->schedules++;
    if (shared->outcome.finding == FINDING_UNJUDGED) {
        // It does something else every time, or what cannot be controlled.
        dpor->hopeless = true;
        shared->outcome.finding = FINDING_NONE;
        return true;
    }
    if (!is_whole(shared) || has_new_points(dpor, shared))
        return true;
    uint32_t count = read_trace(dpor, shared);
    if (count == STEPS_LIMIT || count < dpor->depth) {
        dpor->hopeless = true;
        return true;
    }
    if (dpor->depth == 0 && !dpor->again) {
        dpor->again = true;
        dpor->depth = count;
        return true;
    }
    look_for_races(dpor, count);
    dpor->passed += !shared->outcome.redundant;
    go_back(dpor, count);
    return true;
}
