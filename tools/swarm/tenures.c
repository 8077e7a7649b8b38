#include "tenures.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"

// While the tenures are being found: the open tenure of each name and seat.
struct scan {
    struct tenures *tenures;
    const struct history *history;
    int *open; // index of a tenure + 1; 0: the name does not hold the seat
};

int tenures_shared_name(const struct history *history)
{
    const struct operation **last =
        allocate_array((size_t)history->names.count, sizeof(void *));
    int shared = NOBODY;

    for (int i = 0; i < history->count && shared == NOBODY; i++) {
        const struct operation *operation = &history->operations[i];
        const struct operation *before = last[operation->name];

        if (before != NULL && operation->called < before->returned)
            shared = operation->name;
        if (operation->returned != NEVER)
            last[operation->name] = operation;
    }
    free(last);
    return shared;
}

bool tenures_resumed_name(const struct history *history)
{
    bool *pending = allocate_array((size_t)history->names.count, sizeof(bool));
    bool resumed = false;

    for (int i = 0; i < history->count && !resumed; i++) {
        const struct operation *operation = &history->operations[i];

        resumed = pending[operation->name];
        if (operation->outcome == NO_REPLY && operation->verb <= MOVE)
            pending[operation->name] = true;
    }
    free(pending);
    return resumed;
}

static int *open_tenure(struct scan *scan, int name, int seat)
{
    return &scan->open[name * (SEATS_LIMIT + 1) + seat];
}

static void conflict(struct scan *scan, enum conflict conflict, int operation)
{
    if (scan->tenures->conflict == CONFLICT_NONE) {
        scan->tenures->conflict = conflict;
        scan->tenures->operation = operation;
    }
}

void tenures_chain(struct chain *chain, int operation)
{
    chain->change = allocate_room(chain->change, chain->count, &chain->capacity,
                                  sizeof *chain->change);
    chain->change[chain->count++] = operation;
}

static void start_tenure(struct scan *scan, int name, int seat, int operation)
{
    struct tenures *tenures = scan->tenures;

    tenures->tenure =
        allocate_room(tenures->tenure, tenures->count, &tenures->capacity,
                      sizeof *tenures->tenure);
    tenures->tenure[tenures->count++] =
        (struct tenure){seat, name, operation, NO_OPERATION};
    *open_tenure(scan, name, seat) = tenures->count;
}

static void end_tenure(struct scan *scan, int name, int seat, int operation)
{
    int *open = open_tenure(scan, name, seat);

    if (*open == 0) {
        conflict(scan, CONFLICT_NEVER_HELD, operation);
        return;
    }
    scan->tenures->tenure[*open - 1].end = operation;
    *open = 0;
}

// The client was told that it got the seat.
static void got(struct scan *scan, int index, int seat)
{
    int name = scan->history->operations[index].name;

    if (*open_tenure(scan, name, seat) != 0)
        conflict(scan, CONFLICT_SOLD_AGAIN, index);
    else
        start_tenure(scan, name, seat, index);
}

static void scan_done(struct scan *scan, int index)
{
    const struct operation *operation = &scan->history->operations[index];

    if (operation->verb != BOOK)
        end_tenure(scan, operation->name, operation->seat, index);
    if (operation->verb != CANCEL)
        got(scan, index,
            operation->verb == MOVE ? operation->to : operation->seat);
}

// It is the client's last operation. A change that may have ended a tenure is
// taken as its end: if it was not carried out, nobody can tell.
static void scan_no_reply(struct scan *scan, int index)
{
    const struct operation *operation = &scan->history->operations[index];
    bool holds = *open_tenure(scan, operation->name, operation->seat) != 0;

    if (operation->verb > MOVE || holds == (operation->verb == BOOK))
        return; // no effect, whether it was carried out or not
    if (holds)
        end_tenure(scan, operation->name, operation->seat, index);
    else
        tenures_chain(&scan->tenures->maybe, index);
}

static void scan_operation(struct scan *scan, int index)
{
    const struct operation *operation = &scan->history->operations[index];
    bool holds = *open_tenure(scan, operation->name, operation->seat) != 0;

    switch (operation->outcome) {
    case DONE:
        scan_done(scan, index);
        break;
    case NO_REPLY:
        scan_no_reply(scan, index);
        break;
    case NOT_YOURS:
        if (holds)
            conflict(scan, CONFLICT_DENIED, index);
        break;
    case TAKEN: // of a MOVE: the client holds the seat that it wants to leave
        if (operation->verb == MOVE && !holds)
            conflict(scan, CONFLICT_NEVER_HELD, index);
        break;
    case STRANGE:
        conflict(scan, CONFLICT_STRANGE, index);
        break;
    default:
        break;
    }
}

// From when on the client surely held the seat.
static int64_t sure_start(const struct history *history,
                          const struct tenure *tenure)
{
    return tenure->start == NO_OPERATION
               ? INT64_MIN
               : history->operations[tenure->start].returned;
}

// Until when the client surely held the seat.
static int64_t sure_end(const struct history *history,
                        const struct tenure *tenure)
{
    return tenure->end == NO_OPERATION
               ? NEVER
               : history->operations[tenure->end].called;
}

static int compare(const void *left, const void *right, void *context)
{
    const struct tenure *a = left, *b = right;
    int64_t x = sure_start(context, a), y = sure_start(context, b);

    if (a->seat != b->seat)
        return a->seat - b->seat;
    return (x > y) - (x < y);
}

// Neighbours in time are enough: if any two tenures of a seat overlap, then so
// do two neighbours. Keeps the earliest such pair of all seats. Behind an
// answer that is none there is no pair: what it stands for may have been done.
static void find_sold_twice(struct tenures *tenures,
                            const struct history *history)
{
    int64_t earliest = tenures->conflict == CONFLICT_STRANGE
                           ? history->operations[tenures->operation].called
                           : NEVER;

    for (int i = 1; i < tenures->count; i++) {
        struct tenure *before = &tenures->tenure[i - 1];
        struct tenure *after = &tenures->tenure[i];
        int64_t moment = sure_start(history, after);

        if (before->seat == after->seat && moment < earliest &&
            sure_end(history, before) > moment) {
            earliest = moment;
            tenures->conflict = CONFLICT_SOLD_TWICE;
            tenures->first = *before;
            tenures->second = *after;
        }
    }
}

// A change without a reply that ended the last tenure of its seat may or may
// not have been carried out. One that ended an earlier tenure surely was.
static void chain_end(struct tenures *tenures, const struct history *history,
                      int index)
{
    const struct tenure *tenure = &tenures->tenure[index];
    const struct operation *end = &history->operations[tenure->end];
    bool last = index + 1 == tenures->count ||
                tenures->tenure[index + 1].seat != tenure->seat;

    if (end->outcome == NO_REPLY)
        tenures_chain(&tenures->maybe, tenure->end);
    if (end->outcome != NO_REPLY || !last)
        tenures_chain(&tenures->chain[tenure->seat], tenure->end);
}

static void make_chains(struct tenures *tenures, const struct history *history)
{
    for (int i = 0; i < tenures->count; i++) {
        const struct tenure *tenure = &tenures->tenure[i];

        if (tenure->start != NO_OPERATION)
            tenures_chain(&tenures->chain[tenure->seat], tenure->start);
        if (tenure->end != NO_OPERATION)
            chain_end(tenures, history, i);
    }
}

void tenures_find(struct tenures *tenures, const struct history *history)
{
    struct scan scan = {tenures, history, NULL};

    memset(tenures, 0, sizeof *tenures);
    scan.open = allocate_array((size_t)history->names.count * (SEATS_LIMIT + 1),
                               sizeof *scan.open);
    for (int seat = 1; seat <= history->seats; seat++)
        if (history->initial[seat] != NOBODY)
            start_tenure(&scan, history->initial[seat], seat, NO_OPERATION);
    for (int i = 0; i < history->count; i++)
        scan_operation(&scan, i);
    free(scan.open);
    if (tenures->count > 0)
        qsort_r(tenures->tenure, (size_t)tenures->count,
                sizeof *tenures->tenure, compare, (void *)history);
    find_sold_twice(tenures, history);
    make_chains(tenures, history);
}

void tenures_release(struct tenures *tenures)
{
    free(tenures->tenure);
    free(tenures->maybe.change);
    free(tenures->by);
    for (int seat = 0; seat <= SEATS_LIMIT; seat++)
        free(tenures->chain[seat].change);
}
