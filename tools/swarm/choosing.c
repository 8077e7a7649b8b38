#include "choosing.h"

#include <stdlib.h>

#include "allocate.h"

// How many steps back a reason is followed; more means a circle.
enum { DEPTH = 200 };

static int towards_seats(const struct placing *placing, int question,
                         int depth);

// What has to come first because of one of the wanted change's own seats.
// NO_OPERATION if nothing has.
static int first_on_seat(const struct placing *placing, int wanted, int seat)
{
    int next = placing_next(placing, seat);

    return next != wanted && next != NO_OPERATION
               ? next
               : placing_question_before(placing, seat);
}

// What has to come before the wanted change: a change or a question.
static int first_before(const struct placing *placing, int wanted)
{
    int seat[2];
    int seats = history_touches(history_at(placing->history, wanted), seat);

    for (int i = 0; i < seats; i++) {
        int first = first_on_seat(placing, wanted, seat[i]);
        if (first != NO_OPERATION)
            return first;
    }
    int before = placing_seat_before(placing, wanted);
    return before == 0 ? NO_OPERATION : placing_next(placing, before);
}

// Returns the change that has to come first so that the wanted change can
// come: itself, or one that has to come before it, or before that one.
// NO_OPERATION if there is none that may come.
static int towards(const struct placing *placing, int wanted, int depth)
{
    if (depth == 0 || wanted == NO_OPERATION || !placing->is_opened[wanted])
        return NO_OPERATION;
    if (placing_may_come(placing, wanted))
        return wanted;
    int first = first_before(placing, wanted);
    if (first == NO_OPERATION ||
        history_changes(history_at(placing->history, first)))
        return towards(placing, first, depth - 1);
    return towards_seats(placing, first, depth - 1);
}

static int towards_seats(const struct placing *placing, int question, int depth)
{
    int seat = placing_seat_before(placing, question);

    return seat == 0 ? NO_OPERATION
                     : towards(placing, placing_next(placing, seat), depth);
}

// The change without a reply that a client may still make; NO_OPERATION if it
// has none left. No client has two.
static int maybe_of(const struct placing *placing, int name)
{
    for (int i = 0; i < placing->tenures->maybe.count; i++) {
        int index = placing->tenures->maybe.change[i];

        if (history_at(placing->history, index)->name == name &&
            placing->is_opened[index] && !placing->placed[index])
            return index;
    }
    return NO_OPERATION;
}

// The change that brings the seat nearer to having this holder. When only
// changes without a reply are left for the seat, the one that gives it to the
// holder, or first takes it from the present one, is that client's; and if
// that is a MOVE to a seat that is not free, whatever frees that seat comes
// before.
static int towards_holder(const struct placing *placing, int seat, int holder)
{
    for (int tries = 0; tries <= SEATS_LIMIT; tries++) {
        int next = placing_next(placing, seat);
        int present = placing->house.holder[seat];

        if (next != NO_OPERATION)
            return towards(placing, next, DEPTH);
        int change = maybe_of(placing, present == NOBODY ? holder : present);
        if (change == NO_OPERATION || placing_may_come(placing, change))
            return change;
        seat = history_at(placing->history, change)->to;
        holder = NOBODY;
    }
    return NO_OPERATION;
}

static int effect(const struct operation *operation)
{
    return operation->verb == BOOK ? 1 : operation->verb == CANCEL ? -1 : 0;
}

// Of the changes that may come and bring the count nearer, the one that is due
// first: it is the likeliest to have happened.
static int towards_count(const struct placing *placing, int count)
{
    int sign = count > placing->house.sold ? 1 : -1, best = NO_OPERATION;

    for (int seat = 1; seat <= placing->history->seats; seat++) {
        int next = placing_next(placing, seat);

        if (next != NO_OPERATION && placing_may_come(placing, next) &&
            effect(history_at(placing->history, next)) == sign &&
            (best == NO_OPERATION ||
             history_at(placing->history, next)->latest <
                 history_at(placing->history, best)->latest))
            best = next;
    }
    return best;
}

int choosing_goal(const struct placing *placing, int due)
{
    const struct operation *operation = history_at(placing->history, due);
    int goal;

    switch (operation->outcome) {
    case NO_REPLY:
    case DONE:
        return towards(placing, due, DEPTH);
    case TAKEN:
    case HELD:
        return towards_holder(placing, waiting_list(operation),
                              operation->holder);
    case FREE:
    case NOT_YOURS: // the client holds it: it has to give it up first
        return towards_holder(placing, operation->seat, NOBODY);
    case COUNT:
        goal = towards_seats(placing, due, DEPTH);
        return goal != NO_OPERATION ? goal
                                    : towards_count(placing, operation->count);
    case PICTURE:
        return towards_seats(placing, due, DEPTH);
    default:
        return NO_OPERATION;
    }
}

int choosing_compare(const void *left, const void *right, void *context)
{
    const struct operation *operations = context;
    int64_t a = operations[*(const int *)left].latest;
    int64_t b = operations[*(const int *)right].latest;

    return (a > b) - (a < b);
}

static int find_others(const struct placing *placing, int goal, int *others)
{
    int count = 0;

    for (int seat = 1; seat <= placing->history->seats; seat++) {
        int next = placing_next(placing, seat);

        if (next != NO_OPERATION && next != goal &&
            placing_may_come(placing, next) &&
            history_at(placing->history, next)->seat ==
                seat) // a MOVE counts once
            others[count++] = next;
    }
    for (int i = 0; i < placing->tenures->maybe.count; i++) {
        int index = placing->tenures->maybe.change[i];
        if (index != goal && placing_may_come(placing, index))
            others[count++] = index;
    }
    qsort_r(others, (size_t)count, sizeof *others, choosing_compare,
            placing->history->operations);
    return count;
}

int choosing_other(const struct placing *placing, int goal, int number)
{
    size_t room = SEATS_LIMIT + (size_t)placing->tenures->maybe.count;
    int *others = allocate_array(room, sizeof *others);
    int count = find_others(placing, goal, others);
    int other = number < count ? others[number] : NO_OPERATION;

    free(others);
    return other;
}
