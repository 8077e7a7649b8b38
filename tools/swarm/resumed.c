#include "resumed.h"

#include <stdio.h>
#include <stdlib.h>

#include "allocate.h"
#include "event_story.h"
#include "linearize.h"
#include "narrow.h"
#include "resume.h"

// How often it is guessed what became of the requests without a reply: more
// often if the history is short. How many choices the search for an order may
// take back each time.
enum { GUESSES = 10, MORE = 100, EFFORT = 1000000, PATIENCE = 30000 };

static void violated(struct judgement *judgement, const struct history *history,
                     const struct complaint *complaint)
{
    judgement->verdict = VIOLATED;
    story_of_complaint(judgement->story, history, complaint);
}

// A reply or a line that is wrong whatever happened.
static bool judge_lines(const struct history *history,
                        const struct hearing *hearing,
                        struct judgement *judgement)
{
    struct complaint complaint = events_check_lines(history, hearing);

    for (int i = 0; i < history->count; i++) {
        struct tenures tenures = {.conflict = CONFLICT_STRANGE, .operation = i};

        if (history_at(history, i)->outcome != STRANGE)
            continue;
        judgement->verdict = VIOLATED;
        story_of_conflict(judgement->story, history, &tenures);
        return true;
    }
    if (complaint.fault != FAULT_NONE)
        violated(judgement, history, &complaint);
    return complaint.fault != FAULT_NONE;
}

// The times of a seat's changes, which rise.
static void set_times(struct history *history, const struct seat_order *order)
{
    int64_t earliest = INT64_MIN;

    for (int i = 0; i < order->count; i++) {
        struct operation *change =
            &history->operations[order->carried[i].operation];

        if (change->called > earliest)
            earliest = change->called;
        change->earliest = earliest;
        change->latest = order->carried[i].by;
    }
    for (int i = order->count - 1; i > 0; i--) {
        struct operation *change =
            &history->operations[order->carried[i].operation];
        struct operation *before =
            &history->operations[order->carried[i - 1].operation];

        if (before->latest > change->latest)
            before->latest = change->latest;
    }
}

// An order of the seat's changes fits to the replies, but not to what was
// heard.
static struct complaint complain(struct history *history,
                                 const struct hearing *hearing,
                                 const struct seat_order *order, int seat)
{
    struct tenures tenures = {0};
    int *change = allocate_array((size_t)order->count, sizeof *change);

    for (int i = 0; i < order->count; i++)
        change[i] = order->carried[i].operation;
    tenures.chain[seat] = (struct chain){change, order->count, order->count};
    set_times(history, order);
    struct complaint it = events_check_seat(history, hearing, &tenures, seat);
    free(change);
    return it;
}

// No order of this seat's changes fits to everything. To the replies alone?
static void judge_seat(struct history *history, const struct hearing *hearing,
                       int seat, struct judgement *judgement)
{
    const struct seat_question question = {.history = history, .seat = seat};
    struct seat_order order;
    struct complaint complaint = {0};
    enum seat_result deaf = seat_search(&order, &question);

    if (deaf == SEAT_FOUND)
        complaint = complain(history, hearing, &order, seat);
    if (complaint.fault == FAULT_NONE)
        complaint = (struct complaint){.fault = FAULT_ORDER, .seat = seat};
    violated(judgement, history, &complaint);
    if (deaf == SEAT_IMPOSSIBLE)
        story_of_seat(judgement->story, history, seat, order.stuck);
    free(order.carried);
}

// Returns the operation for which no place was found, or NO_OPERATION.
static int find_order(struct history *history, const struct tenures *tenures)
{
    struct narrow narrow;
    int stuck = narrow_init(&narrow, history, tenures);

    if (stuck == NO_OPERATION)
        linearize(&narrow, LINEARIZE_ALL, PATIENCE, &stuck);
    narrow_release(&narrow);
    return stuck;
}

static int64_t time_of_last(const struct history *history)
{
    return history_at(history, history->count - 1)->called;
}

// What became of the requests without a reply is guessed, and an order searched
// for everything. If there is none, it is guessed again about the time where
// that showed: *stuck is the operation that there was no place for. If it shows
// nowhere, guessing again does not help.
static enum seat_result guess(struct history *history,
                              const struct hearing *hearing, int *seat,
                              int *stuck)
{
    enum seat_result result;
    int guesses = GUESSES + EFFORT / (history->count + EFFORT / MORE);
    struct luck luck;

    luck_init(&luck, history_at(history, 0)->called, time_of_last(history),
              history->count);
    do {
        struct tenures tenures;

        result = resume_find(&tenures, history, hearing, &luck, seat, stuck);
        if (result == SEAT_FOUND)
            *stuck = find_order(history, &tenures);
        tenures_release(&tenures);
        if (*stuck == NO_OPERATION)
            return result;
        luck_change(&luck, history_at(history, *stuck)->called);
    } while (--guesses > 0);
    return SEAT_GAVE_UP;
}

void resumed_judge(struct history *history, const struct hearing *hearing,
                   struct judgement *judgement)
{
    int seat, stuck = NO_OPERATION;

    if (judge_lines(history, hearing, judgement))
        return;
    enum seat_result result = guess(history, hearing, &seat, &stuck);
    judgement->verdict = result == SEAT_FOUND ? LINEARIZABLE : UNDECIDED;
    if (result == SEAT_IMPOSSIBLE)
        judge_seat(history, hearing, seat, judgement);
    else if (result == SEAT_GAVE_UP && stuck != NO_OPERATION)
        story_of_doubt(judgement->story, history, stuck);
    else if (result == SEAT_GAVE_UP)
        snprintf(judgement->story, STORY_SIZE,
                 "in doubt: which of the requests without a reply were carried "
                 "out");
}
