#include "judge.h"

#include <stdio.h>
#include <stdlib.h>

#include "bounds.h"
#include "event_story.h"
#include "linearize.h"
#include "narrow.h"
#include "resumed.h"
#include "seat_search.h"
#include "tenures.h"

// How many choices the search may take back: some seconds' worth.
enum { PATIENCE = 1000000 };

// The cheap questions first; each of them finds only what is surely wrong.
static enum linearize_result find_order(struct narrow *narrow,
                                        const struct bounds *bounds, int *stuck)
{
    if (*stuck != NO_OPERATION)
        return LINEARIZE_IMPOSSIBLE;
    enum linearize_result result = linearize(narrow, LINEARIZE_SEATS, 0, stuck);
    if (result != LINEARIZE_FOUND)
        return result;
    *stuck = bounds_check(bounds, narrow->spans.history);
    if (*stuck != NO_OPERATION)
        return LINEARIZE_IMPOSSIBLE;
    return linearize(narrow, LINEARIZE_ALL, PATIENCE, stuck);
}

// Whether a change without a reply may have changed the seat: then its chain
// may not be all that happened to it.
static bool may_change(const struct history *history,
                       const struct tenures *tenures, int seat)
{
    for (int i = 0; i < tenures->maybe.count; i++) {
        const struct operation *maybe =
            history_at(history, tenures->maybe.change[i]);

        if (maybe->seat == seat || maybe->to == seat)
            return true;
    }
    return false;
}

// Whether some order of the seat's changes fits to what the listeners heard.
static enum seat_result try_seat(const struct history *history,
                                 const struct hearing *hearing, int seat)
{
    const struct seat_question question = {
        .history = history, .hearing = hearing, .seat = seat};
    struct seat_order order;
    enum seat_result result = seat_search(&order, &question);

    free(order.carried);
    return result;
}

// If it is not known how the seat changed, the search decides. The complaint
// about the chain says what is wrong, as a rule.
static struct complaint check_seat(const struct history *history,
                                   const struct hearing *hearing,
                                   const struct tenures *tenures, int seat)
{
    struct complaint it = events_check_seat(history, hearing, tenures, seat);

    if (history->listening.listeners == 0 ||
        !may_change(history, tenures, seat))
        return it;
    switch (try_seat(history, hearing, seat)) {
    case SEAT_FOUND:
        return (struct complaint){.fault = FAULT_NONE};
    case SEAT_GAVE_UP:
        return (struct complaint){.fault = FAULT_DOUBT, .seat = seat};
    default:
        return it.fault != FAULT_NONE
                   ? it
                   : (struct complaint){.fault = FAULT_ORDER, .seat = seat};
    }
}

// The first complaint about an event; if there is none, a doubt.
static struct complaint find_complaint(const struct history *history,
                                       const struct hearing *hearing,
                                       const struct tenures *tenures)
{
    struct complaint it = events_check_lines(history, hearing);

    for (int seat = 1; seat <= history->seats && it.fault <= FAULT_DOUBT;
         seat++) {
        struct complaint next = check_seat(history, hearing, tenures, seat);

        if (next.fault != FAULT_NONE)
            it = next;
    }
    return it;
}

static void complain(const struct history *history,
                     const struct complaint *complaint,
                     struct judgement *judgement)
{
    if (complaint->fault == FAULT_NONE)
        return;
    judgement->verdict = complaint->fault == FAULT_DOUBT ? UNDECIDED : VIOLATED;
    story_of_complaint(judgement->story, history, complaint);
}

static void judge_order(struct history *history, const struct hearing *hearing,
                        const struct tenures *tenures,
                        struct judgement *judgement)
{
    static const enum verdict verdicts[] = {
        [LINEARIZE_FOUND] = LINEARIZABLE,
        [LINEARIZE_IMPOSSIBLE] = VIOLATED,
        [LINEARIZE_GAVE_UP] = UNDECIDED,
    };
    struct bounds bounds;
    struct narrow narrow;
    struct complaint complaint = {0};
    int stuck = narrow_init(&narrow, history, tenures);

    if (stuck == NO_OPERATION) // the search changes the times
        complaint = find_complaint(history, hearing, tenures);
    bounds_init(&bounds, history, tenures);
    judgement->verdict = verdicts[find_order(&narrow, &bounds, &stuck)];
    if (judgement->verdict == UNDECIDED)
        story_of_doubt(judgement->story, history, stuck);
    else if (judgement->verdict == VIOLATED)
        story_of_stuck(judgement->story, history, tenures, &bounds, stuck);
    if (judgement->verdict != VIOLATED)
        complain(history, &complaint, judgement);
    bounds_release(&bounds);
    narrow_release(&narrow);
}

static void judge_tenures(struct history *history,
                          const struct hearing *hearing,
                          struct judgement *judgement)
{
    struct tenures tenures;

    tenures_find(&tenures, history);
    if (tenures.conflict != CONFLICT_NONE) {
        judgement->verdict = VIOLATED;
        story_of_conflict(judgement->story, history, &tenures);
    } else {
        judge_order(history, hearing, &tenures, judgement);
    }
    tenures_release(&tenures);
}

void judge(struct history *history, struct judgement *judgement)
{
    judgement->story[0] = '\0';
    history_sort(history);
    int shared = tenures_shared_name(history);
    if (shared != NOBODY) {
        judgement->verdict = UNDECIDED;
        snprintf(judgement->story, STORY_SIZE,
                 "two clients called %s at the same time",
                 names_text(&history->names, shared));
        return;
    }
    struct hearing *hearing = hearing_all(history);
    if (tenures_resumed_name(history))
        resumed_judge(history, hearing, judgement);
    else
        judge_tenures(history, hearing, judgement);
    hearing_release(hearing, history->listening.listeners);
}
