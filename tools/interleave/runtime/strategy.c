#include "strategy.h"

#include <string.h>

#include "prefix.h"
#include "random.h"
#include "run.h"
#include "turns.h"

enum { CHANGES_LIMIT = 32 };

static uint64_t state;  // of the random numbers
static uint32_t points; // scheduling points so far with a choice to make
static uint32_t change[CHANGES_LIMIT]; // PCT, delay: at these points
static int changes;
static struct thread *current; // who went on last

static const struct order *order(void)
{
    return &run_shared->order;
}

static uint64_t draw(void)
{
    return random_next(&state) >> 1;
}

// ---- each strategy: who goes on ----

// Whoever has the baton keeps it; otherwise the next one in the circle.
static struct thread *pick_next(struct thread *enabled[], int count, int skip)
{
    int first = 0;

    for (int i = 0; i < count; i++)
        if (current != NULL && enabled[i]->number >= current->number) {
            first = i;
            break;
        }
    return enabled[(first + skip) % count];
}

static struct thread *pick_highest(struct thread *enabled[], int count)
{
    struct thread *best = enabled[0];

    for (int i = 1; i < count; i++)
        if (enabled[i]->priority > best->priority)
            best = enabled[i];
    return best;
}

static bool is_change(void)
{
    for (int i = 0; i < changes; i++)
        if (change[i] == points)
            return true;
    return false;
}

// Burckhardt et al., "A Randomized Scheduler with Probabilistic Guarantees of
// Finding Bugs", ASPLOS 2010. The i-th change lowers a priority to i.
static struct thread *pick_pct(struct thread *enabled[], int count)
{
    struct thread *best = pick_highest(enabled, count);

    for (int i = 0; i < changes; i++)
        if (change[i] == points) {
            best->priority = (uint64_t)(changes - i);
            best = pick_highest(enabled, count);
        }
    return best;
}

// Emmi, Qadeer and Rakamaric, "Delay-Bounded Scheduling", POPL 2011.
static struct thread *pick_delay(struct thread *enabled[], int count)
{
    return pick_next(enabled, count, is_change() ? 1 : 0);
}

// Those who are new get a priority, above all that PCT lowers.
static void draw_first(struct thread *enabled[], int count)
{
    for (int i = 0; i < count; i++)
        if (enabled[i]->priority == 0)
            enabled[i]->priority = CHANGES_LIMIT + 1 + (draw() >> 8);
}

struct thread *strategy_pick(struct thread *enabled[], int count)
{
    struct thread *next;

    if (count > 1)
        points++;
    draw_first(enabled, count);
    switch (order()->strategy) {
    case STRATEGY_RANDOM:
        next = enabled[random_below(&state, count)];
        break;
    case STRATEGY_PCT:
        next = pick_pct(enabled, count);
        break;
    case STRATEGY_POS:
    case STRATEGY_SURW:
        next = pick_highest(enabled, count);
        break;
    case STRATEGY_DELAY:
        next = pick_delay(enabled, count);
        break;
    case STRATEGY_EXACT:
    case STRATEGY_DPOR:
        next = prefix_pick(enabled, count, current);
        break;
    case STRATEGY_TURNS:
        next = turns_pick(enabled, count);
        if (next != NULL)
            break;
        // fall through
    default:
        next = pick_next(enabled, count, 0);
        break;
    }
    return current = next;
}

// ---- before, between and after ----

static void draw_changes(int count)
{
    uint32_t most = run_shared->most_points > 0 ? run_shared->most_points : 20;

    changes = count < CHANGES_LIMIT ? count : CHANGES_LIMIT;
    for (int i = 0; i < changes; i++)
        change[i] = 1 + (uint32_t)(draw() % most);
}

void strategy_begin(void)
{
    state = order()->seed;
    if (order()->strategy == STRATEGY_PCT)
        draw_changes(order()->depth - 1);
    if (order()->strategy == STRATEGY_DELAY)
        draw_changes(order()->bound);
    turns_begin();
    prefix_begin();
}

// Yuan, Yang and Gu, "Partial Order Aware Concurrency Sampling", CAV 2018: a
// priority for each event to come, drawn anew for those that raced with the
// one that was carried out.
static void redraw(struct thread *done)
{
    const struct touch touch = op_touch(&done->op);

    for (int i = 0; i < thread_count; i++) {
        struct thread *other = thread_all[i];
        const struct touch theirs = op_touch(&other->op);

        if (other != done && !other->finished &&
            conflict_between(&theirs, &touch))
            other->priority = draw();
    }
    done->priority = draw();
}

// A loop may wait as often as it likes, so each place counts by itself.
bool strategy_allows_early(const struct thread *thread)
{
    enum { ROOM = sizeof thread->early / sizeof thread->early[0] };
    int before = 0;

    if (order()->strategy == STRATEGY_TURNS)
        return turns_allow_early(thread);
    for (int i = 0; i < thread->early_count; i++)
        before += thread->early[i] == thread->op.pc;
    return before < order()->early && thread->early_count < ROOM;
}

void strategy_note_early(struct thread *thread)
{
    enum { ROOM = sizeof thread->early / sizeof thread->early[0] };

    if (thread->early_count < ROOM)
        thread->early[thread->early_count++] = thread->op.pc;
}

void strategy_arrive(struct thread *thread)
{
    if (order()->strategy == STRATEGY_TURNS)
        turns_arrive(thread);
}

void strategy_done(struct thread *thread)
{
    if (order()->strategy == STRATEGY_POS || order()->strategy == STRATEGY_SURW)
        redraw(thread);
    if (order()->strategy == STRATEGY_DPOR)
        prefix_done(thread);
}

void strategy_end(void)
{
    if (points > run_shared->most_points)
        run_shared->most_points = points;
}
