#include "resume.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"

enum { GUESSES = 3 }; // what can be supposed of a MOVE first

struct resume {
    const struct history *history;
    const struct hearing *hearing;
    struct seat_order order[SEATS_LIMIT + 1];
    struct wish *wish; // by operation
    int *place[2];     // by operation: in the order of its seat, and of the one
                       // that it moves to; -1: it is not there
    int *move;         // all MOVEs that were or may have been carried out
    int moves, move_room;
    const struct luck *luck;
    int stuck; // a MOVE whose seats do not agree
};

// Notes the places of the operations in the order of a seat, or that they have
// none any more.
static void note(struct resume *resume, int seat, bool there)
{
    const struct seat_order *order = &resume->order[seat];

    for (int i = 0; i < order->count; i++) {
        int index = order->carried[i].operation;
        int side = history_at(resume->history, index)->seat != seat;

        resume->place[side][index] = there ? i : -1;
    }
}

// Searches the order of a seat, in the place of the one that was found before.
static enum seat_result search(struct resume *resume, int seat, bool brief)
{
    const struct seat_question question = {.history = resume->history,
                                           .hearing = resume->hearing,
                                           .wish = resume->wish,
                                           .luck = resume->luck,
                                           .brief = brief,
                                           .seat = seat};
    struct seat_order order;
    enum seat_result result = seat_search(&order, &question);

    if (result != SEAT_FOUND)
        return result;
    note(resume, seat, false);
    free(resume->order[seat].carried);
    resume->order[seat] = order;
    note(resume, seat, true);
    return result;
}

// When a MOVE was carried out, as far as the order of one of its seats says.
// Returns false if it is not there.
static bool find_window(const struct resume *resume, int move, int side,
                        struct wish *window)
{
    const struct operation *operation = history_at(resume->history, move);
    int seat = side == 0 ? operation->seat : operation->to;
    int place = resume->place[side][move];

    if (place < 0)
        return false;
    const struct carried *carried = &resume->order[seat].carried[place];
    *window = (struct wish){WISH_DONE, carried->from, carried->by};
    return true;
}

// Searches the order of a seat again, with a supposition about a MOVE.
static bool suppose(struct resume *resume, int move, struct wish wish, int seat)
{
    resume->wish[move] = wish;
    return search(resume, seat, true) == SEAT_FOUND;
}

// Searches the orders of both seats again, without the MOVE.
static bool suppose_not(struct resume *resume, int index)
{
    const struct wish not_done = {WISH_NOT_DONE, INT64_MIN, NEVER};
    const struct operation *move = history_at(resume->history, index);

    return suppose(resume, index, not_done, move->seat) &&
           suppose(resume, index, not_done, move->to);
}

// A MOVE is carried out for both of its seats, at one time, or for none.
// Returns false if that can't be brought about.
static bool agree(struct resume *resume, int index)
{
    const struct operation *move = history_at(resume->history, index);
    struct wish from = {0}, to = {0};
    bool is_from = find_window(resume, index, 0, &from);
    bool is_to = find_window(resume, index, 1, &to);

    if (is_from == is_to &&
        (!is_from || (from.from <= to.by && to.from <= from.by)))
        return true;
    if (move->outcome == DONE)
        return suppose(resume, index, from, move->to) ||
               suppose(resume, index, to, move->seat);
    switch (luck_guess(resume->luck, move->called, index, GUESSES)) {
    case 0:
        return (is_from && suppose(resume, index, from, move->to)) ||
               (is_to && suppose(resume, index, to, move->seat)) ||
               suppose_not(resume, index);
    case 1:
        return suppose_not(resume, index) ||
               (is_to && suppose(resume, index, to, move->seat)) ||
               (is_from && suppose(resume, index, from, move->to));
    default:
        return (is_to && suppose(resume, index, to, move->seat)) ||
               (is_from && suppose(resume, index, from, move->to)) ||
               suppose_not(resume, index);
    }
}

static void find_moves(struct resume *resume)
{
    for (int i = 0; i < resume->history->count; i++) {
        const struct operation *move = history_at(resume->history, i);

        if (move->verb != MOVE || !history_changes(move) ||
            move->seat == move->to)
            continue;
        resume->move = allocate_room(resume->move, resume->moves,
                                     &resume->move_room, sizeof *resume->move);
        resume->move[resume->moves++] = i;
    }
}

// Each may change what was found for the others: again until all agree. What
// was supposed is never taken back, so that comes to an end.
static enum seat_result agree_all(struct resume *resume)
{
    bool again = true;

    while (again) {
        again = false;
        for (int i = 0; i < resume->moves; i++) {
            int move = resume->move[i];

            if (resume->wish[move].kind != WISH_NONE)
                continue;
            if (!agree(resume, move)) {
                resume->stuck = move;
                return SEAT_GAVE_UP;
            }
            again = again || resume->wish[move].kind != WISH_NONE;
        }
    }
    return SEAT_FOUND;
}

// The last request of each name, if it is a change that may still have been
// carried out at the end.
static void find_maybe(struct tenures *tenures, const struct resume *resume)
{
    const struct history *history = resume->history;
    bool *seen = allocate_array((size_t)history->names.count, sizeof *seen);

    for (int i = history->count - 1; i >= 0; i--) {
        const struct operation *operation = history_at(history, i);

        if (!seen[operation->name] && operation->outcome == NO_REPLY &&
            operation->verb <= MOVE && resume->place[0][i] < 0)
            tenures_chain(&tenures->maybe, i);
        seen[operation->name] = true;
    }
    free(seen);
}

static void keep(struct tenures *tenures, const struct resume *resume)
{
    const struct history *history = resume->history;

    tenures->by = allocate_array((size_t)history->count, sizeof *tenures->by);
    for (int i = 0; i < history->count; i++)
        tenures->by[i] = history_at(history, i)->returned;
    for (int seat = 1; seat <= history->seats; seat++) {
        const struct seat_order *order = &resume->order[seat];

        for (int i = 0; i < order->count; i++) {
            struct carried carried = order->carried[i];

            tenures_chain(&tenures->chain[seat], carried.operation);
            if (carried.by < tenures->by[carried.operation])
                tenures->by[carried.operation] = carried.by;
        }
    }
    find_maybe(tenures, resume);
}

enum seat_result resume_find(struct tenures *tenures,
                             const struct history *history,
                             const struct hearing *hearing,
                             const struct luck *luck, int *seat, int *stuck)
{
    struct resume resume = {.history = history,
                            .hearing = hearing,
                            .luck = luck,
                            .stuck = NO_OPERATION};
    enum seat_result result = SEAT_FOUND;

    memset(tenures, 0, sizeof *tenures);
    resume.wish = allocate_array((size_t)history->count, sizeof *resume.wish);
    for (int side = 0; side < 2; side++) {
        resume.place[side] =
            allocate_array((size_t)history->count, sizeof(int));
        memset(resume.place[side], 0xff, (size_t)history->count * sizeof(int));
    }
    for (int i = 0; i < history->count; i++)
        resume.wish[i] = (struct wish){WISH_NONE, INT64_MIN, NEVER};
    for (*seat = 1; *seat <= history->seats; ++*seat) {
        result = search(&resume, *seat, false);
        if (result != SEAT_FOUND)
            break;
    }
    find_moves(&resume);
    if (result == SEAT_FOUND)
        result = agree_all(&resume);
    *stuck = resume.stuck;
    if (result == SEAT_FOUND)
        keep(tenures, &resume);
    for (int i = 1; i <= history->seats; i++)
        free(resume.order[i].carried);
    free(resume.wish);
    free(resume.move);
    free(resume.place[0]);
    free(resume.place[1]);
    return result;
}
