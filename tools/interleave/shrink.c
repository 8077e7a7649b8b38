#include "shrink.h"

#include <string.h>

// For a loop without an end: in milliseconds of CPU time.
enum { PATIENCE = 300 };

#include "failure.h"
#include "progress.h"
#include "trace.h"

enum {
    PAIRS_UNTIL = 24,
    REACH = 24,
    RUNS_LIMIT = 4000,    // what it may cost: by counting, so that the same
    STEPS_LIMIT = 5000000 // run always becomes the same one
};

// Turns that are tried.
struct candidate {
    uint32_t count;
    struct turn turn[TURNS_LIMIT];
};

struct work {
    struct program *program;
    struct failure failure;
    struct candidate best; // fails
    uint32_t runs;
    uint64_t steps; // of all runs
};

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

static bool still_fails(struct work *work, const struct candidate *turns)
{
    struct order *order = &work->program->shared->order;

    order->turns = turns->count;
    memcpy(order->turn, turns->turn, turns->count * sizeof turns->turn[0]);
    work->runs++;
    progress_show("runs to make it shorter", work->runs);
    if (!program_run(work->program))
        return false;
    work->steps += work->program->shared->steps;
    return failure_is_same(&work->failure, work->program->shared);
}

static bool is_exhausted(const struct work *work)
{
    return work->runs >= RUNS_LIMIT || work->steps >= STEPS_LIMIT;
}

// What counts is the run that comes of the turns: behind the last one threads
// go on by themselves. Keeps it if it fails with fewer turns.
static bool try(struct work *work, const struct candidate *turns)
{
    static struct candidate made;

    if (!still_fails(work, turns) || !turns_of(work->program->shared, &made) ||
        made.count >= work->best.count)
        return false;
    work->best = made;
    return true;
}

static void append(struct candidate *turns, const struct turn *turn)
{
    struct turn *last = &turns->turn[turns->count > 0 ? turns->count - 1 : 0];

    if (turns->count > 0 && last->thread == turn->thread && !turn->wakes)
        last->points = turn->points;
    else
        turns->turn[turns->count++] = *turn;
}

// Without some turns: what their threads did there they do in their next turn.
static void leave_out(const struct candidate *turns, uint32_t first,
                      uint32_t count, uint32_t other, struct candidate *fewer)
{
    fewer->count = 0;
    for (uint32_t i = 0; i < turns->count; i++)
        if ((i < first || i >= first + count) && i != other)
            append(fewer, &turns->turn[i]);
}

static void remove_groups(struct work *work)
{
    static struct candidate fewer;
    const struct candidate *best = &work->best;

    for (uint32_t size = best->count; size > 0; size /= 2)
        for (uint32_t first = best->count; first > 0;) {
            first = first > size ? first - size : 0;
            leave_out(best, first, size, UINT32_MAX, &fewer);
            if (try(work, &fewer) && first > best->count)
                first = best->count;
        }
}

// Two turns that need each other.
static bool remove_pair(struct work *work)
{
    static struct candidate fewer;
    const struct candidate *best = &work->best;

    for (uint32_t i = 0; i < best->count && best->count <= PAIRS_UNTIL; i++)
        for (uint32_t j = i + 1; j < best->count; j++) {
            leave_out(best, i, 1, j, &fewer);
            if (try(work, &fewer))
                return true;
        }
    return false;
}

// A thread does in its turn what it does in its next one, too.
static bool join_turns(struct work *work)
{
    static struct candidate fewer;
    const struct candidate *best = &work->best;

    for (uint32_t i = 0; i < best->count; i++)
        for (uint32_t j = i + 1; j < best->count; j++) {
            if (best->turn[j].thread != best->turn[i].thread)
                continue;
            leave_out(best, j, 1, UINT32_MAX, &fewer);
            for (uint32_t k = 0; k < fewer.count; k++)
                if (fewer.turn[k].thread == best->turn[i].thread &&
                    fewer.turn[k].points == best->turn[i].points)
                    fewer.turn[k].points = best->turn[j].points;
            if (try(work, &fewer))
                return true;
            break;
        }
    return false;
}

// ---- where turns end ----

// How natural it is to stop before a deed: 0 is best.
static int strangeness(int deed)
{
    switch (deed) {
    case DEED_JOIN:
    case DEED_LOCK:
    case DEED_READ_LOCK:
    case DEED_WAIT:
    case DEED_ACQUIRE:
    case DEED_ARRIVE:
    case DEED_FINISH:
    case DEED_INPUT:
        return 0;
    case DEED_READ:
    case DEED_WRITE:
    case DEED_ATOMIC_READ:
    case DEED_ATOMIC_WRITE:
    case DEED_ATOMIC_UPDATE:
        return 2;
    default:
        return 1;
    }
}

// What the thread does after that many scheduling points, in the run that
// program->shared holds; -1: nothing.
static int deed_after(const struct shared *shared, int thread, uint32_t points)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < trace_length(shared); i++)
        if (shared->trace[i].thread == thread && shared->trace[i].enabled > 0 &&
            count++ == points)
            return shared->trace[i].deed;
    return -1;
}

// The run of the best turns, in program->shared.
static bool run_best(struct work *work)
{
    return still_fails(work, &work->best);
}

static bool try_end(struct work *work, uint32_t number, uint32_t points)
{
    static struct candidate moved, made;

    moved = work->best;
    moved.turn[number].points = points;
    if (is_exhausted(work) || !still_fails(work, &moved) ||
        !turns_of(work->program->shared, &made) ||
        made.count > work->best.count)
        return false;
    work->best = made;
    return true;
}

// Ends a turn at a more natural point nearby, if it still fails then.
static void settle(struct work *work, uint32_t number)
{
    const struct turn turn = work->best.turn[number];
    int deeds[2 * REACH + 1];

    if (!run_best(work))
        return;
    for (int i = 0; i <= 2 * REACH; i++) {
        int64_t points = (int64_t)turn.points + i - REACH;

        deeds[i] = points > 0 ? deed_after(work->program->shared, turn.thread,
                                           (uint32_t)points)
                              : -1;
    }
    if (deeds[REACH] < 0)
        return; // it ends there
    for (int wanted = 0; wanted < strangeness(deeds[REACH]); wanted++)
        for (int distance = 1; distance <= REACH; distance++)
            for (int sign = 1; sign >= -1; sign -= 2) {
                int i = REACH + sign * distance;

                if (deeds[i] >= 0 && strangeness(deeds[i]) == wanted &&
                    try_end(work, number,
                            (uint32_t)((int)turn.points + sign * distance)))
                    return;
            }
}

static void reduce(struct work *work)
{
    uint32_t before;

    do {
        before = work->best.count;
        remove_groups(work);
        while (join_turns(work) || remove_pair(work))
            continue;
    } while (work->best.count < before);
    for (uint32_t i = 0; i < work->best.count && i < PAIRS_UNTIL; i++)
        settle(work, i);
}

bool shrink_counted(struct program *program, struct shrinking *shrinking)
{
    static struct work work;
    struct order *order = &program->shared->order;

    work.program = program;
    work.runs = 0;
    work.steps = 0;
    failure_note(&work.failure, program->shared);
    if (!turns_of(program->shared, &work.best))
        return false;
    shrinking->before = work.best.count > 0 ? work.best.count - 1 : 0;
    order->mixed = 0;
    order->patience = PATIENCE;
    order->strategy = STRATEGY_TURNS;
    order->lenient = true;
    order->runs = 1;
    bool good = run_best(&work);
    if (good) {
        reduce(&work);
        order->record_all = true;
        good = run_best(&work);
        order->record_all = false;
    }
    progress_clear();
    order->lenient = false;
    shrinking->after = work.best.count > 0 ? work.best.count - 1 : 0;
    shrinking->runs = work.runs;
    return good;
}

bool shrink(struct program *program)
{
    struct shrinking shrinking;

    return shrink_counted(program, &shrinking);
}
