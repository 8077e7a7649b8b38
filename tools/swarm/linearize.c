#include "linearize.h"

#include <stdlib.h>

#include "allocate.h"
#include "choosing.h"
#include "placing.h"
#include "random.h"
#include "states.h"

// After so many failures at one place the search jumps back: it first takes
// back the last SHORTEST choices, then twice as many, and so on; after ROUND
// jumps it begins again. From then on up to that place one goal in SURPRISE is
// not the one that seems best, but one of so many ALTERNATIVES. Measured with
// histories of 200,000 operations from a machine with too much to do.
enum {
    FAILURES = 500,
    SHORTEST = 16,
    ROUND = 8,
    SURPRISE = 2,
    ALTERNATIVES = 16
};

// A state in which a change had to be chosen.
struct choice {
    struct mark mark; // of the placing
    int due;          // of the search
    int goal;         // what was tried first; NO_OPERATION: nothing
    int others;       // how many of the other changes were tried since
    uint64_t hash;
};

struct search {
    struct placing placing;
    int *by_latest; // the operations that must be placed, by their latest time
    int awaited;    // how many they are
    int due;        // the first in by_latest that may not be placed yet
    int furthest;   // the highest `due` of a failure
    long failures;  // since the last jump, or since it was further than ever
    int jumps;      // since it was further than ever
    uint64_t random;

    struct choice *choice; // a stack
    int choices;
    int room;
    struct states dead; // states that lead nowhere
};

// Takes back the last choice that leaves something else to try, and tries it.
// Returns false if there is none: no order exists.
static bool try_other(struct search *search)
{
    while (search->choices > 0) {
        struct choice *choice = &search->choice[search->choices - 1];

        placing_undo(&search->placing, choice->mark);
        search->due = choice->due;
        int other =
            choosing_other(&search->placing, choice->goal, choice->others++);
        if (other != NO_OPERATION) {
            placing_change(&search->placing, other);
            if (!search->placing.failed)
                return true;
            continue;
        }
        states_add(&search->dead, choice->hash);
        search->choices--;
    }
    return false;
}

// A wrong choice may show only hundreds of choices later, and then all orders
// of those between are tried in vain. So after a jump back the search goes
// another way now and then: the time that it takes is no longer ruled by the
// worst place (Gomes, Selman and Kautz, "Boosting Combinatorial Search Through
// Randomization", AAAI 1998). States that lead nowhere stay known, and nothing
// is left out.
static int choose_goal(struct search *search, int due)
{
    int goal = choosing_goal(&search->placing, due);

    if (search->jumps == 0 || search->due > search->furthest ||
        random_below(&search->random, SURPRISE) != 0)
        return goal;
    int other = choosing_other(&search->placing, goal,
                               random_below(&search->random, ALTERNATIVES));
    return other == NO_OPERATION ? goal : other;
}

// Forgets the last choices, to make them anew.
static void jump_back(struct search *search)
{
    int distance = SHORTEST << search->jumps % ROUND;

    search->choices -= distance < search->choices ? distance : search->choices;
    struct choice *choice = &search->choice[search->choices];
    placing_undo(&search->placing, choice->mark);
    search->due = choice->due;
    search->failures = 0;
    search->jumps++;
}

static bool is_stuck(const struct search *search)
{
    return search->choices > 0 && search->failures > FAILURES;
}

static void note_failure(struct search *search)
{
    search->failures++;
    if (search->due <= search->furthest)
        return;
    search->furthest = search->due;
    search->failures = 0;
    search->jumps = 0;
}

// Remembers the state, and tries the change that leads to what is due. Returns
// false if the state is known to lead nowhere or if nothing leads there.
static bool try_goal(struct search *search, int due)
{
    struct placing *placing = &search->placing;
    int goal = choose_goal(search, due);

    if (placing->scope == LINEARIZE_ALL) {
        if (states_has(&search->dead, placing->hash))
            return false;
        search->choice = allocate_room(search->choice, search->choices,
                                       &search->room, sizeof *search->choice);
        search->choice[search->choices++] = (struct choice){
            placing_mark(placing), search->due, goal, 0, placing->hash};
    }
    if (goal == NO_OPERATION)
        return false;
    placing_change(placing, goal);
    return !placing->failed;
}

// A quiet moment: all whose time has begun have been placed, and nothing that
// may have been left out, or come later.
static bool is_quiet(const struct search *search)
{
    const struct placing *placing = &search->placing;

    if (search->due == 0 || search->due != placing->awaited ||
        placing->maybe > 0)
        return false;
    int last = search->by_latest[search->due - 1];
    return placing->start[placing->opened].earliest >
           history_at(placing->history, last)->latest;
}

// At a quiet moment: from here on nothing depends on the order of what came
// before, so no choice need be taken back any more.
static void settle(struct search *search)
{
    search->choices = 0;
    placing_settle(&search->placing);
    states_clear(&search->dead);
}

// Returns the next operation that is due and not placed, or NO_OPERATION when
// all are placed. Opens all operations that may come before it.
static int find_due(struct search *search)
{
    struct placing *placing = &search->placing;

    for (; search->due < search->awaited; search->due++) {
        int due = search->by_latest[search->due];

        if (placing->placed[due])
            continue;
        if (is_quiet(search))
            settle(search);
        placing_open(placing, history_at(placing->history, due)->latest);
        if (placing->failed)
            return NO_OPERATION;
        if (!placing->placed[due])
            return due;
    }
    return NO_OPERATION;
}

static enum linearize_result run(struct search *search, long patience)
{
    int due;

    while ((due = find_due(search)) != NO_OPERATION || search->placing.failed) {
        if (!search->placing.failed && try_goal(search, due))
            continue;
        note_failure(search);
        if (!try_other(search))
            return LINEARIZE_IMPOSSIBLE;
        if (patience-- == 0)
            return LINEARIZE_GAVE_UP;
        if (is_stuck(search))
            jump_back(search);
    }
    return LINEARIZE_FOUND;
}

static void sort_by_latest(struct search *search, const struct history *history)
{
    search->by_latest =
        allocate_array((size_t)history->count, sizeof *search->by_latest);
    for (int i = 0; i < history->count; i++)
        if (placing_awaits(&search->placing, i))
            search->by_latest[search->awaited++] = i;
    qsort_r(search->by_latest, (size_t)search->awaited,
            sizeof *search->by_latest, choosing_compare, history->operations);
}

enum linearize_result linearize(struct narrow *narrow,
                                enum linearize_scope scope, long patience,
                                int *stuck)
{
    struct search search = {0};

    placing_init(&search.placing, narrow, scope);
    sort_by_latest(&search, narrow->spans.history);
    enum linearize_result result = run(&search, patience);
    if (result != LINEARIZE_FOUND)
        *stuck = search.by_latest[search.furthest];
    placing_release(&search.placing);
    states_release(&search.dead);
    free(search.by_latest);
    free(search.choice);
    return result;
}
