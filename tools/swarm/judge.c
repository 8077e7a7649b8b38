#include "judge.h"

#include <stdio.h>
#include <string.h>

#include "bounds.h"
#include "linearize.h"
#include "narrow.h"
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

static void judge_order(struct history *history, const struct tenures *tenures,
                        struct judgement *judgement)
{
    static const enum verdict verdicts[] = {
        [LINEARIZE_FOUND] = LINEARIZABLE,
        [LINEARIZE_IMPOSSIBLE] = VIOLATED,
        [LINEARIZE_GAVE_UP] = UNDECIDED,
    };
    struct bounds bounds;
    struct narrow narrow;
    int stuck = narrow_init(&narrow, history, tenures);

    bounds_init(&bounds, history, tenures);
    judgement->verdict = verdicts[find_order(&narrow, &bounds, &stuck)];
    if (judgement->verdict == UNDECIDED)
        story_of_doubt(judgement->story, history, stuck);
    else if (judgement->verdict == VIOLATED)
        story_of_stuck(judgement->story, history, tenures, &bounds, stuck);
    bounds_release(&bounds);
    narrow_release(&narrow);
}

void judge(struct history *history, struct judgement *judgement)
{
    struct tenures tenures;

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
    tenures_find(&tenures, history);
    if (tenures.conflict != CONFLICT_NONE) {
        judgement->verdict = VIOLATED;
        story_of_conflict(judgement->story, history, &tenures);
    } else {
        judge_order(history, &tenures, judgement);
    }
    tenures_release(&tenures);
}
