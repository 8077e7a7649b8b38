#include "turns.h"

#include <string.h>

#include "run.h"

static uint32_t now;                  // which turn it is
static bool begun;                    // its thread has done something in it
static uint32_t arrived[TURNS_LIMIT]; // how often its thread came to its stop

static const struct order *order(void)
{
    return &run_shared->order;
}

static bool is_over(void)
{
    return now >= order()->turns;
}

static bool has_name(const struct thread *thread, const char *name)
{
    return strncmp(thread->name, name, NAME_LIMIT) == 0;
}

// Whether the thread would be called so if it had not taken another name, and
// nobody else has taken that one: several may have one name.
static bool was_named(const struct thread *thread, const char *name)
{
    char first[NAME_LIMIT];

    for (int i = 0; i < thread_count; i++)
        if (has_name(thread_all[i], name))
            return false;
    thread_default_name(thread, first);
    return !thread->is_client && strncmp(first, name, NAME_LIMIT) == 0;
}

static bool is_named(uint32_t number, const struct thread *thread)
{
    const struct turn *turn = &order()->turn[number];

    return turn->thread >= 0
               ? turn->thread == thread->number
               : has_name(thread, turn->name) || was_named(thread, turn->name);
}

// A turn of a client is also one of the thread that serves it.
static bool is_of(uint32_t number, const struct thread *thread)
{
    return is_named(number, thread) ||
           (thread->serves > 0 && order()->turn[number].thread < 0 &&
            is_named(number, thread_all[thread->serves]));
}

static void next_turn(void)
{
    now++;
    begun = false;
}

bool turns_allow_early(const struct thread *thread)
{
    return !is_over() && is_of(now, thread) &&
           (thread->op.lazy || (order()->turn[now].wakes && !begun));
}

void turns_begin(void)
{
    now = 0;
    begun = false;
    memset(arrived, 0, order()->turns * sizeof arrived[0]);
}

static bool takes_lock(enum deed deed)
{
    return deed == DEED_LOCK || deed == DEED_READ_LOCK || deed == DEED_TRY_LOCK;
}

static bool is_stop(const struct turn *turn, const struct op *op)
{
    if (turn->object != 0)
        return op->object == turn->object && takes_lock(op->deed);
    if (turn->exits)
        return op->deed == DEED_EXIT;
    if (turn->enters != (op->deed == DEED_ENTER))
        return false;
    for (int i = 0; i < turn->stops; i++) {
        const struct stop *stop = &order()->stop[turn->stop + i];

        if (stop->first <= op->pc && op->pc <= stop->last)
            return true;
    }
    return false;
}

static void count(const struct thread *thread, const struct op *op)
{
    for (uint32_t i = now; i < order()->turns; i++)
        if (order()->turn[i].points == 0 && is_of(i, thread) &&
            is_stop(&order()->turn[i], op))
            arrived[i]++;
}

// Whether the present turn, which is this thread's, is over.
static bool has_arrived(const struct thread *thread)
{
    const struct turn *turn = &order()->turn[now];

    if (turn->points > 0)
        return thread->points >= turn->points;
    return (turn->stops > 0 || turn->object != 0 || turn->exits) &&
           arrived[now] >= turn->times;
}

bool turns_stops_at(const struct op *op)
{
    const struct thread *self = thread_self;

    if (order()->strategy != STRATEGY_TURNS || is_over())
        return false;
    count(self, op);
    return is_of(now, self) && order()->turn[now].points == 0 &&
           has_arrived(self);
}

void turns_arrive(struct thread *thread)
{
    enum deed deed = thread->op.deed;

    // turns_stops_at has counted these.
    if (deed != DEED_READ && deed != DEED_WRITE && deed != DEED_ENTER)
        count(thread, &thread->op);
    while (!is_over() && is_of(now, thread) && has_arrived(thread))
        next_turn();
}

void turns_leave(const struct thread *thread)
{
    if (!is_over() && is_named(now, thread))
        next_turn();
}

static const struct thread *find_meant(void)
{
    for (int i = thread_count - 1; i >= 0; i--)
        if (is_named(now, thread_all[i]))
            return thread_all[i];
    return NULL;
}

static bool has_turns(const struct thread *thread)
{
    for (uint32_t i = 0; i < order()->turns; i++)
        if (is_of(i, thread))
            return true;
    return false;
}

// The thread that is meant has not been created, or has not taken its name yet:
// one that the schedule does not speak of has to do that.
static struct thread *somebody_else(struct thread *enabled[], int count)
{
    for (int i = 0; i < count; i++)
        if (!has_turns(enabled[i]))
            return enabled[i];
    return NULL;
}

struct thread *turns_pick(struct thread *enabled[], int count)
{
    for (; !is_over(); next_turn()) {
        const struct thread *meant = find_meant();

        if (meant == NULL)
            return somebody_else(enabled, count);
        if (has_arrived(meant))
            continue;
        for (int i = 0; i < count; i++)
            if (is_of(now, enabled[i])) {
                begun = true;
                return enabled[i];
            }
        if (meant->finished)
            continue;
        struct thread *other =
            meant->is_client ? somebody_else(enabled, count) : NULL;
        if (other != NULL) // who accepts the client, perhaps
            return other;
        if (order()->lenient)
            continue;
        run_shared->outcome.turn = (int)now;
        run_end(FINDING_UNJUDGED, "%s cannot go on", meant->name);
    }
    return NULL;
}
