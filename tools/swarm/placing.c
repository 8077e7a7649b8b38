#include "placing.h"

#include <stdlib.h>

#include "allocate.h"
#include "random.h"

static int compare(const void *left, const void *right)
{
    const struct start *a = left, *b = right;

    return (a->earliest > b->earliest) - (a->earliest < b->earliest);
}

static void sort_starts(struct placing *placing)
{
    int count = placing->history->count;

    placing->start = allocate_array((size_t)count, sizeof *placing->start);
    for (int i = 0; i < count; i++)
        placing->start[i] =
            (struct start){history_at(placing->history, i)->earliest, i};
    qsort(placing->start, (size_t)count, sizeof *placing->start, compare);
}

// Those that the scope leaves out, and those that can be placed anywhere:
// questions without a reply.
static bool is_skipped(const struct placing *placing,
                       const struct operation *operation)
{
    return operation->outcome == NO_REPLY ||
           (placing->scope == LINEARIZE_SEATS && operation->verb >= SOLD);
}

bool placing_awaits(const struct placing *placing, int operation)
{
    return placing->is_awaited[operation];
}

void placing_init(struct placing *placing, struct narrow *narrow,
                  enum linearize_scope scope)
{
    struct history *history = narrow->spans.history;
    size_t count = (size_t)history->count;

    *placing = (struct placing){.narrow = narrow,
                                .history = history,
                                .tenures = narrow->spans.tenures,
                                .scope = scope};
    placing->placed = allocate_array(count, sizeof *placing->placed);
    placing->is_opened = allocate_array(count, sizeof *placing->is_opened);
    placing->is_awaited = allocate_array(count, sizeof *placing->is_awaited);
    for (int i = 0; i < history->count; i++)
        placing->is_awaited[i] = history_at(history, i)->latest != NEVER;
    sort_starts(placing);
    house_open(&placing->house, history);
    waiting_init(&placing->waiting, history->count);
}

void placing_release(struct placing *placing)
{
    waiting_release(&placing->waiting);
    free(placing->start);
    free(placing->is_opened);
    free(placing->is_awaited);
    free(placing->placed);
    free(placing->trail);
}

int placing_next(const struct placing *placing, int seat)
{
    const struct chain *chain = &placing->tenures->chain[seat];
    int changed = placing->changed[seat];

    return changed < chain->count ? chain->change[changed] : NO_OPERATION;
}

int placing_seat_before(const struct placing *placing, int operation)
{
    const struct spans *spans = &placing->narrow->spans;

    if (!spans->all_seats[operation])
        return 0;
    for (int seat = 1; seat <= placing->history->seats; seat++)
        if (placing->changed[seat] < spans->span[operation][seat].low)
            return seat;
    return 0;
}

int placing_question_before(const struct placing *placing, int seat)
{
    const struct spans *spans = &placing->narrow->spans;
    int changed = placing->changed[seat];

    if (changed == placing->tenures->chain[seat].count)
        return NO_OPERATION;
    for (int question = waiting_first(&placing->waiting, WAITING_HOUSE);
         question >= 0; question = waiting_next(&placing->waiting, question))
        if (spans->span[question][seat].high <= changed)
            return question;
    return NO_OPERATION;
}

bool placing_may_come(const struct placing *placing, int change)
{
    const struct operation *operation = history_at(placing->history, change);
    int seat[2], seats = history_touches(operation, seat);

    if (!placing->is_opened[change] || placing->placed[change])
        return false;
    for (int i = 0; i < seats; i++) {
        int next = placing_next(placing, seat[i]);

        if ((next != change && next != NO_OPERATION) ||
            placing_question_before(placing, seat[i]) != NO_OPERATION)
            return false;
    }
    return house_allows(&placing->house, operation) &&
           placing_seat_before(placing, change) == 0;
}

static void record(struct placing *placing, int deed, int operation)
{
    placing->trail = allocate_room(placing->trail, placing->steps,
                                   &placing->room, sizeof *placing->trail);
    placing->trail[placing->steps++] = (struct step){deed, operation};
}

// The hash of a set is that of its elements, in any order.
static void mark(struct placing *placing, int index, bool placed)
{
    placing->placed[index] = placed;
    if (!placing->is_awaited[index] &&
        history_changes(history_at(placing->history, index)))
        placing->maybe += placed ? 1 : -1;
    placing->hash ^= random_mix((uint64_t)index + 1);
}

static void place_question(struct placing *placing, int index)
{
    waiting_remove(&placing->waiting, index);
    mark(placing, index, true);
    record(placing, PLACED, index);
}

// Places those in a list whose answer is right now.
static void place_questions(struct placing *placing, int list)
{
    int next;

    for (int i = waiting_first(&placing->waiting, list); i >= 0; i = next) {
        next = waiting_next(&placing->waiting, i);
        if (house_allows(&placing->house, history_at(placing->history, i)))
            place_question(placing, i);
    }
}

// The questions in a list that ask about a seat come after its changes so far.
static void suppose(struct placing *placing, int list, int seat)
{
    for (int i = waiting_first(&placing->waiting, list);
         i >= 0 && !placing->failed; i = waiting_next(&placing->waiting, i))
        if (placing->narrow->spans.span[i] != NULL)
            placing->failed = !narrow_suppose(placing->narrow, i, seat,
                                              placing->changed[seat]);
}

static void change_seat(struct placing *placing, int change, int seat)
{
    if (placing_next(placing, seat) == change)
        placing->changed[seat]++;
}

void placing_change(struct placing *placing, int change)
{
    const struct operation *operation = history_at(placing->history, change);
    int seat[2], seats = history_touches(operation, seat);

    house_apply(&placing->house, operation);
    for (int i = 0; i < seats; i++)
        change_seat(placing, change, seat[i]);
    mark(placing, change, true);
    record(placing, PLACED, change);
    for (int i = 0; i < seats; i++)
        place_questions(placing, seat[i]);
    place_questions(placing, WAITING_HOUSE);
    for (int i = 0; placing->scope == LINEARIZE_ALL && i < seats; i++) {
        suppose(placing, seat[i], seat[i]);
        suppose(placing, WAITING_HOUSE, seat[i]);
    }
}

// A question is opened after all changes so far.
static void suppose_all(struct placing *placing, int question)
{
    const struct operation *operation = history_at(placing->history, question);
    int asked = history_asks_about(operation);

    for (int seat = 1; seat <= placing->history->seats && !placing->failed;
         seat++)
        if (seat == asked || history_asks_about_all(operation))
            placing->failed = !narrow_suppose(placing->narrow, question, seat,
                                              placing->changed[seat]);
}

static void open_operation(struct placing *placing, int index)
{
    const struct operation *operation = history_at(placing->history, index);

    placing->is_opened[index] = true;
    placing->awaited += placing->is_awaited[index];
    record(placing, OPENED, index);
    if (history_changes(operation))
        return;
    waiting_add(&placing->waiting, waiting_list(operation), index);
    if (is_skipped(placing, operation) ||
        house_allows(&placing->house, operation))
        place_question(placing, index);
    else if (placing->scope == LINEARIZE_ALL)
        suppose_all(placing, index);
}

void placing_open(struct placing *placing, int64_t time)
{
    while (placing->opened < placing->history->count &&
           placing->start[placing->opened].earliest <= time)
        open_operation(placing, placing->start[placing->opened++].operation);
}

static void undo_change(struct placing *placing, int change)
{
    const struct operation *operation = history_at(placing->history, change);
    int seat[2], seats = history_touches(operation, seat);

    for (int i = 0; i < seats; i++) {
        const struct chain *chain = &placing->tenures->chain[seat[i]];
        int last = placing->changed[seat[i]] - 1;

        if (last >= 0 && chain->change[last] == change)
            placing->changed[seat[i]]--;
    }
    house_undo(&placing->house, operation);
}

static void undo_step(struct placing *placing, struct step step)
{
    bool change = history_changes(history_at(placing->history, step.operation));

    if (step.deed == OPENED) {
        placing->opened--;
        placing->awaited -= placing->is_awaited[step.operation];
        placing->is_opened[step.operation] = false;
        if (!change)
            waiting_remove(&placing->waiting, step.operation);
        return;
    }
    mark(placing, step.operation, false);
    if (change)
        undo_change(placing, step.operation);
    else
        waiting_restore(&placing->waiting, step.operation);
}

struct mark placing_mark(const struct placing *placing)
{
    return (struct mark){placing->steps, placing->narrow->spans.memories};
}

void placing_undo(struct placing *placing, struct mark mark)
{
    while (placing->steps > mark.steps)
        undo_step(placing, placing->trail[--placing->steps]);
    spans_forget(&placing->narrow->spans, mark.memories);
    placing->failed = false;
}

void placing_settle(struct placing *placing)
{
    placing->steps = 0;
    placing->narrow->spans.memories = 0;
}
