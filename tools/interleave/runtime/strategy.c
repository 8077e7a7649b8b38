#include "strategy.h"

#include <string.h>

#include "profile.h"
#include "random.h"
#include "run.h"
#include "turns.h"
#include "way.h"

static const struct way *const ways[] = {
    [STRATEGY_FIRST] = &way_first,   [STRATEGY_RANDOM] = &way_random,
    [STRATEGY_PCT] = &way_pct,       [STRATEGY_POS] = &way_pos,
    [STRATEGY_SURW] = &way_surw,     [STRATEGY_DELAY] = &way_delay,
    [STRATEGY_PLACES] = &way_places, [STRATEGY_EXACT] = &way_prefix,
    [STRATEGY_TURNS] = &way_turns,
};

static const struct way *way = &way_first;
static uint64_t state;         // of the random numbers
static uint32_t decisions;     // so far
static struct thread *current; // who was chosen last
static bool hurries;
static int allowed_early; // see order.early

// ---- what the ways need ----

uint64_t way_draw(void)
{
    return random_next(&state) >> 1;
}

uint64_t way_draw_below(uint64_t limit)
{
    return way_draw() % limit;
}

uint32_t way_decisions(void)
{
    return decisions;
}

// The longest run may be twice as long as most, and then most changes of PCT
// would come too late.
uint32_t way_decisions_to_come(void)
{
    enum { GUESS = 20 }; // before the first run
    uint32_t count = way_draw_below(2) == 0 ? run_shared->most_points
                                            : run_shared->last_points;

    return count > 0 ? count : GUESS;
}

struct thread *way_next(struct thread *enabled[], int count, int skip)
{
    int first = 0;

    for (int i = 0; i < count; i++)
        if (current != NULL && enabled[i]->number >= current->number) {
            first = i;
            break;
        }
    return enabled[(first + skip) % count];
}

// A scheduler that never lets somebody go on is none that there is. Few
// programs that are explored have so many steps in one run.
enum { HUNGER = 500 };

bool way_is_starved(const struct thread *thread)
{
    return thread->hungry > HUNGER;
}

struct thread *way_starved(struct thread *enabled[], int count)
{
    for (int i = 0; i < count; i++)
        if (way_is_starved(enabled[i]))
            return enabled[i];
    return NULL;
}

struct thread *way_highest(struct thread *enabled[], int count)
{
    struct thread *best = enabled[0];

    for (int i = 1; i < count; i++)
        if (enabled[i]->priority > best->priority)
            best = enabled[i];
    return best;
}

// ---- the run ----

static bool is_random(void)
{
    return run_shared->order.strategy >= STRATEGY_RANDOM &&
           run_shared->order.strategy <= STRATEGY_PLACES;
}

// Each run of each seed draws from a sequence of its own. What does not depend
// on the strategy is drawn first.
void strategy_begin(void)
{
    uint64_t seed = run_shared->order.seed;

    state = random_next(&seed) + run_shared->order.run;
    hurries = way_draw_below(4) != 0;
    allowed_early =
        is_random() ? 2 * (int)way_draw_below(2) : run_shared->order.early;
    if (run_shared->order.strategy >= 0 &&
        run_shared->order.strategy <= STRATEGY_TURNS)
        way = ways[run_shared->order.strategy];
    if (way->begin != NULL)
        way->begin();
    turns_begin();
    profile_begin();
}

// What nobody else can notice: it only lets others go on, so when it happens
// makes no difference. It is done at once, so that the strategies spend their
// choices on what matters. That a lock is still held can be noticed after all,
// by a try or when it is destroyed, so that is done in most runs.
static bool is_unnoticed(enum deed deed)
{
    switch (deed) {
    case DEED_START:
    case DEED_CREATE:
    case DEED_JOIN:
    case DEED_DETACH:
    case DEED_FINISH:
        return true;
    case DEED_UNLOCK:
    case DEED_READ_UNLOCK:
    case DEED_RELEASE:
        return hurries;
    default:
        return false;
    }
}

static struct thread *find_unnoticed(struct thread *enabled[], int count)
{
    for (int i = 0; i < count; i++)
        if (is_unnoticed(enabled[i]->op.deed))
            return enabled[i];
    return NULL;
}

// What the others do before the process ends they do as well if it ends later:
// in most runs it ends when nobody else can go on. Returns how many may go on.
static int let_others_end(struct thread *enabled[], int count,
                          struct thread *chosen[])
{
    int others = 0;

    for (int i = 0; i < count; i++)
        if (enabled[i]->op.deed != DEED_EXIT)
            chosen[others++] = enabled[i];
    if (others > 0)
        return others;
    memcpy(chosen, enabled, (size_t)count * sizeof *chosen);
    return count;
}

struct thread *strategy_pick(struct thread *enabled[], int count)
{
    static struct thread *chosen[THREADS_LIMIT];
    struct thread *next = is_random() ? find_unnoticed(enabled, count) : NULL;

    if (next == NULL && (is_random() || way == &way_first))
        next = way_starved(enabled, count);
    if (next != NULL)
        return next;
    if (is_random() && hurries) {
        count = let_others_end(enabled, count, chosen);
        enabled = chosen;
    }
    current = way->pick(enabled, count);
    decisions += count > 1;
    return current;
}

// A loop may wait as often as it likes, so each place counts by itself.
bool strategy_allows_early(const struct thread *thread)
{
    int before = 0;

    if (run_shared->order.strategy == STRATEGY_TURNS)
        return turns_allow_early(thread);
    for (int i = 0; i < thread->early_count; i++)
        before += thread->early[i] == thread->op.pc;
    return before < allowed_early && thread->early_count < EARLY_LIMIT;
}

void strategy_note_early(struct thread *thread)
{
    run_shared->known.wakes_early = true;
    if (thread->early_count < EARLY_LIMIT)
        thread->early[thread->early_count++] = thread->op.pc;
}

void strategy_arrive(struct thread *thread)
{
    if (run_shared->order.strategy == STRATEGY_TURNS)
        turns_arrive(thread);
}

void strategy_leave(const struct thread *thread)
{
    if (run_shared->order.strategy == STRATEGY_TURNS)
        turns_leave(thread);
}

void strategy_done(struct thread *thread)
{
    profile_note(thread);
    if (way->done != NULL)
        way->done(thread);
}

void strategy_end(void)
{
    run_shared->last_points = decisions;
    if (decisions > run_shared->most_points)
        run_shared->most_points = decisions;
}
