#include "dpor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "races.h"

static uint64_t bit(int thread)
{
    return UINT64_C(1) << thread;
}

bool dpor_open(struct dpor *dpor)
{
    // Behind the steps there is room for what threads were about to do.
    *dpor = (struct dpor){
        .nodes = malloc((STEPS_LIMIT + SEARCH_THREADS) * sizeof *dpor->nodes)};
    if (dpor->nodes == NULL)
        fprintf(stderr, "interleave: no memory left for a search\n");
    return dpor->nodes != NULL;
}

void dpor_close(struct dpor *dpor)
{
    free(dpor->nodes);
    forest_release(&dpor->forest);
}

// ---- the last run ----

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
// same choice, and the same step. If not, something else decides what the
// program does, and nothing is proved.
static bool is_same(const struct node *node, const struct step *step)
{
    struct touch touch = touch_of(step);

    return node->enabled == step->enabled_set && node->thread == step->thread &&
           node->touch.deed == touch.deed && node->touch.size == touch.size &&
           node->touch.object == touch.object &&
           node->touch.second == touch.second;
}

// How many steps of the next run are as they were in the last one.
static uint32_t sure_steps(const struct dpor *dpor)
{
    if (dpor->again || dpor->depth == 0)
        return dpor->depth;
    return dpor->depth - dpor->tentative - 1;
}

// Who is still asleep would still do what it would have done before.
static void keep_asleep(struct node *node, const struct node *before)
{
    for (int i = 0; i < SEARCH_THREADS; i++)
        if ((node->asleep & bit(i)) != 0)
            node->asleep_touch[i] = before->asleep_touch[i];
}

// A step that is new, or the first one that is another. What is still to be
// tried there stays, if it was known before the run.
static void read_new(struct dpor *dpor, uint32_t number,
                     const struct step *step)
{
    struct node *node = &dpor->nodes[number];
    uint32_t sure = sure_steps(dpor);

    if (number >= dpor->depth)
        node->waiting = 0;
    node->thread = step->thread;
    node->enabled = step->enabled_set;
    node->touch = touch_of(step);
    if (number > sure || dpor->depth == 0) {
        node->asleep = step->asleep;
        if (number > 0)
            keep_asleep(node, node - 1);
    }
}

// A decision of the last run becomes a node. Returns false if that cannot be.
static bool read_step(struct dpor *dpor, uint32_t number,
                      const struct step *step)
{
    if (number == STEPS_LIMIT || step->thread >= SEARCH_THREADS ||
        !is_tractable(step))
        return false;
    if (number < sure_steps(dpor))
        return is_same(&dpor->nodes[number], step);
    // The rest of what was given has been passed over.
    if (number < dpor->depth && dpor->nodes[number].thread != step->thread)
        dpor->depth = number + 1;
    read_new(dpor, number, step);
    return true;
}

// Returns how many decisions there were; STEPS_LIMIT: no systematic search can
// be made of them.
static uint32_t read_trace(struct dpor *dpor, const struct shared *shared)
{
    uint32_t count = 0;

    if (shared->steps > TRACE_LIMIT || shared->threads > SEARCH_THREADS)
        return STEPS_LIMIT;
    for (uint32_t i = 0; i < shared->steps; i++)
        if (shared->trace[i].enabled > 0 &&
            !read_step(dpor, count++, &shared->trace[i]))
            return STEPS_LIMIT;
    return count;
}

// What threads were about to do when the run ended becomes nodes behind the
// others. Returns how many.
static uint32_t read_pending(struct dpor *dpor, const struct shared *shared,
                             uint32_t count)
{
    uint32_t pending = 0;

    if (shared->outcome.redundant)
        return 0; // others have looked at what comes then
    for (uint32_t i = 0; i < shared->threads; i++) {
        const struct fate *fate = &shared->fate[i];
        struct node *node = &dpor->nodes[count + pending];

        if (fate->finished || fate->deed >= DEEDS)
            continue;
        pending++;
        node->thread = (uint8_t)i;
        node->touch =
            (struct touch){fate->deed, fate->size, fate->object, fate->second};
    }
    return pending;
}

// ---- the search ----

// Takes the first of what is to be tried at a node: the rest of the next run's
// given beginning. What is to be tried beside it waits at the nodes on the way.
static uint32_t take_sequence(struct dpor *dpor, uint32_t number)
{
    uint32_t branch = dpor->nodes[number].waiting;

    dpor->nodes[number].waiting = dpor->forest.branches[branch].next;
    for (;;) {
        struct branch taken = dpor->forest.branches[branch];

        dpor->forest.branches[branch].child = 0;
        forest_drop(&dpor->forest, branch);
        dpor->nodes[number++].thread = taken.thread;
        if (taken.child == 0)
            return number;
        dpor->nodes[number].waiting = dpor->forest.branches[taken.child].next;
        branch = taken.child;
    }
}

// Whoever went on at a node has been tried there.
static void lay_asleep(struct node *node)
{
    node->asleep |= bit(node->thread);
    node->asleep_touch[node->thread] = node->touch;
}

// Drops what cannot be tried: the thread has to wait there.
static void drop_blocked(struct dpor *dpor, struct node *node)
{
    while (node->waiting != 0) {
        const struct branch *first = &dpor->forest.branches[node->waiting];
        uint32_t next = first->next;

        if ((node->enabled & bit(first->thread)) != 0)
            return;
        forest_drop(&dpor->forest, node->waiting);
        node->waiting = next;
    }
}

// Goes back to the last step where something has to be tried.
static void go_back(struct dpor *dpor, uint32_t count)
{
    for (; count > 0; count--) {
        struct node *node = &dpor->nodes[count - 1];

        lay_asleep(node);
        drop_blocked(dpor, node);
        if (node->waiting == 0)
            continue;
        dpor->depth = take_sequence(dpor, count - 1);
        dpor->tentative = dpor->depth - count;
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
    order->tentative = dpor->tentative;
    order->asleep = 0;
    for (uint32_t i = 0; i < dpor->depth; i++)
        order->exact[i] = dpor->nodes[i].thread;
    if (dpor->depth > 0 && !dpor->again)
        order->asleep = dpor->nodes[dpor->depth - dpor->tentative - 1].asleep;
}

static void begin_anew(struct dpor *dpor)
{
    forest_release(&dpor->forest);
    dpor->again = false;
    dpor->depth = dpor->tentative = 0;
    dpor->passed = 0;
}

// What was seen is worth nothing when other accesses are scheduled from now on.
static bool has_new_points(struct dpor *dpor, const struct shared *shared)
{
    bool new = shared->watched.count != dpor->points;

    dpor->points = shared->watched.count;
    if (new)
        begin_anew(dpor);
    return new;
}

// Whether the run went on until it ended by itself, be it in a deadlock: then
// its steps tell what else is possible.
static bool is_whole(const struct shared *shared)
{
    return shared->outcome.finding == FINDING_NONE ||
           shared->outcome.finding == FINDING_DEADLOCK;
}

// Makes nodes of the run, and finds what has to be tried next.
static bool learn_from_run(struct dpor *dpor, const struct shared *shared)
{
    uint32_t count = read_trace(dpor, shared);
    uint32_t first = sure_steps(dpor);

    if (count == STEPS_LIMIT || count < first)
        return false;
    if (dpor->depth == 0) {
        dpor->again = true;
        dpor->depth = count;
        return true;
    }
    if (dpor->again)
        first = 0;
    dpor->again = false;
    uint32_t pending = read_pending(dpor, shared, count);
    dpor->passed += !shared->outcome.redundant;
    if (!races_find(dpor->nodes, first, count, pending, &dpor->forest))
        return false;
    go_back(dpor, count);
    return true;
}

bool dpor_run(struct dpor *dpor, struct program *program, uint64_t run)
{
    struct shared *shared = program->shared;

    // What other strategies have found meanwhile counts, too.
    if (dpor->schedules == 0)
        dpor->points = shared->watched.count;
    has_new_points(dpor, shared);
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
    if (!shared->late && is_whole(shared) && !has_new_points(dpor, shared))
        dpor->hopeless = !learn_from_run(dpor, shared);
    return true;
}
