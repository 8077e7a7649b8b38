#include "shrink.h"

#include <string.h>

// For a loop without an end: in milliseconds of CPU time.
enum { PATIENCE = 300 };

// Turns that are tried.
struct candidate {
    uint32_t count;
    struct turn turn[TURNS_LIMIT];
};

static uint32_t trace_length(const struct shared *shared)
{
    return shared->steps < TRACE_LIMIT ? shared->steps : TRACE_LIMIT;
}

// The turns of the run: who went on until how many scheduling points. Returns
// false if there are too many.
static bool turns_of(const struct shared *shared, struct candidate *turns)
{
    uint32_t points[THREADS_LIMIT] = {0};
    struct turn *last = NULL;

    turns->count = 0;
    for (uint32_t i = 0; i < trace_length(shared); i++) {
        const struct step *step = &shared->trace[i];

        if (step->enabled == 0)
            continue;
        bool wakes = step->deed == DEED_WAKE_EARLY;

        if (last == NULL || last->thread != step->thread || wakes) {
            if (turns->count == TURNS_LIMIT)
                return false;
            last = &turns->turn[turns->count++];
            *last = (struct turn){.thread = step->thread, .wakes = wakes};
        }
        last->points = ++points[step->thread];
    }
    return true;
}

static bool still_fails(struct program *program, const struct candidate *turns,
                        int finding)
{
    struct order *order = &program->shared->order;

    order->turns = turns->count;
    memcpy(order->turn, turns->turn, turns->count * sizeof turns->turn[0]);
    return program_run(program) && program->shared->outcome.finding == finding;
}

// Without the turns from `first` on; neighbours of one thread become one,
// unless the second one begins with a wakeup of its own accord.
static void leave_out(const struct candidate *turns, uint32_t first,
                      uint32_t count, struct candidate *fewer)
{
    fewer->count = 0;
    for (uint32_t i = 0; i < turns->count; i++) {
        const struct turn *turn = &turns->turn[i];
        struct turn *last =
            &fewer->turn[fewer->count > 0 ? fewer->count - 1 : 0];

        if (i >= first && i < first + count)
            continue;
        if (fewer->count > 0 && last->thread == turn->thread && !turn->wakes)
            last->points = turn->points;
        else
            fewer->turn[fewer->count++] = *turn;
    }
}

static void reduce(struct program *program, struct candidate *turns,
                   int finding)
{
    static struct candidate fewer;

    for (uint32_t size = turns->count; size > 0; size /= 2)
        for (uint32_t first = turns->count; first > 0;) {
            first = first > size ? first - size : 0;
            leave_out(turns, first, size, &fewer);
            if (still_fails(program, &fewer, finding)) {
                *turns = fewer;
                if (first > turns->count)
                    first = turns->count;
            }
        }
}

bool shrink(struct program *program)
{
    static struct candidate turns;
    struct order *order = &program->shared->order;
    int finding = program->shared->outcome.finding;

    if (!turns_of(program->shared, &turns))
        return false;
    order->mixed = 0;
    order->patience = PATIENCE;
    order->strategy = STRATEGY_TURNS;
    order->lenient = true;
    order->runs = 1;
    if (!still_fails(program, &turns, finding))
        return false;
    reduce(program, &turns, finding);
    reduce(program, &turns, finding);
    order->record_all = true;
    bool good = still_fails(program, &turns, finding);
    order->record_all = false;
    order->lenient = false;
    return good;
}
