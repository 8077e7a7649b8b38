#include "narrow.h"

#include <stdlib.h>

#include "allocate.h"

static const struct operation *operation_at(const struct narrow *narrow,
                                            int index)
{
    return history_at(narrow->spans.history, index);
}

static const struct chain *chain_of(const struct narrow *narrow, int seat)
{
    return &narrow->spans.tenures->chain[seat];
}

// Whether the holder is what the operation was told about the seat.
static bool as_told(const struct operation *operation, int seat, int holder)
{
    switch (operation->outcome) {
    case PICTURE:
        return history_pictured(operation, seat) == (holder != NOBODY);
    case TAKEN:
    case HELD:
        return holder == operation->holder;
    case FREE:
        return holder == NOBODY;
    case NOT_YOURS:
        return holder != operation->name;
    default: // a change was told nothing of other seats
        return true;
    }
}

// Whether the operation can have come after that many changes of the seat.
static bool fits(const struct narrow *narrow, int index, int seat, int changes)
{
    const struct operation *operation = operation_at(narrow, index);
    const struct chain *chain = chain_of(narrow, seat);

    if (changes > 0 &&
        operation_at(narrow, chain->change[changes - 1])->earliest >
            operation->latest)
        return false;
    if (changes < chain->count &&
        operation_at(narrow, chain->change[changes])->latest <
            operation->earliest)
        return false;
    return (changes == chain->count && narrow->open[seat]) ||
           as_told(operation, seat, narrow->holder[seat][changes]);
}

// The ends of a span that do not fit are cut off. What is left says which
// changes surely came before and after.
static void narrow_span(struct narrow *narrow, int index, int seat)
{
    struct spans *spans = &narrow->spans;
    const struct chain *chain = chain_of(narrow, seat);
    struct span span = spans_get(spans, index, seat);

    while (span.low <= span.high && !fits(narrow, index, seat, span.low))
        span.low++;
    while (span.low <= span.high && !fits(narrow, index, seat, span.high))
        span.high--;
    spans_at_least(spans, index, seat, span.low);
    spans_at_most(spans, index, seat, span.high);
    if (span.low > span.high)
        return;
    if (span.low > 0)
        spans_in_order(spans, chain->change[span.low - 1], index);
    if (span.high < chain->count)
        spans_in_order(spans, index, chain->change[span.high]);
}

// The same for a change and one of its own seats.
static void narrow_own_span(struct narrow *narrow, int index, int seat)
{
    struct spans *spans = &narrow->spans;
    const struct chain *chain = chain_of(narrow, seat);
    int place = spans_get(spans, index, seat).low;

    if (place > 0)
        spans_in_order(spans, chain->change[place - 1], index);
    if (place + 1 < chain->count)
        spans_in_order(spans, index, chain->change[place + 1]);
}

static void narrow_seat(struct narrow *narrow, int index, int seat)
{
    const struct operation *operation = operation_at(narrow, index);

    if (history_changes(operation) &&
        (seat == operation->seat || seat == operation->to))
        narrow_own_span(narrow, index, seat);
    else
        narrow_span(narrow, index, seat);
}

// What is known of the number of seats that are held when an operation comes.
struct tally {
    int held;   // surely held
    int either; // held or not
};

// Whether the seat may be held, or not held, after that many changes.
static bool may_be(const struct narrow *narrow, int seat, int changes,
                   bool held)
{
    return (changes == chain_of(narrow, seat)->count && narrow->open[seat]) ||
           (narrow->holder[seat][changes] != NOBODY) == held;
}

// The changes of a seat alternate, so a span of two or more has both.
static bool may_be_within(const struct narrow *narrow, int seat,
                          struct span span, bool held)
{
    return span.low < span.high || may_be(narrow, seat, span.low, held);
}

static struct tally tally(const struct narrow *narrow, int index)
{
    struct tally tally = {0};

    for (int seat = 1; seat <= narrow->spans.history->seats; seat++) {
        struct span span = spans_get(&narrow->spans, index, seat);

        if (!may_be_within(narrow, seat, span, false))
            tally.held++;
        else if (may_be_within(narrow, seat, span, true))
            tally.either++;
    }
    return tally;
}

// The ends of the spans where the seat is not held (or is) are cut off.
static void keep_only(struct narrow *narrow, int index, bool held)
{
    struct spans *spans = &narrow->spans;

    for (int seat = 1; seat <= spans->history->seats; seat++) {
        struct span span = spans_get(spans, index, seat);

        if (!may_be_within(narrow, seat, span, held))
            continue; // one of those that are surely otherwise
        if (!may_be(narrow, seat, span.low, held))
            spans_at_least(spans, index, seat, span.low + 1);
        if (!may_be(narrow, seat, span.high, held))
            spans_at_most(spans, index, seat, span.high - 1);
    }
}

static void narrow_count(struct narrow *narrow, int index)
{
    int count = operation_at(narrow, index)->count;
    struct tally it = tally(narrow, index);

    if (count < it.held || count > it.held + it.either)
        narrow->spans.stuck = index;
    else if (it.either > 0 && count == it.held)
        keep_only(narrow, index, false);
    else if (it.either > 0 && count == it.held + it.either)
        keep_only(narrow, index, true);
}

static void narrow_operation(struct narrow *narrow, int index,
                             const uint64_t shorter[2])
{
    int asked = history_asks_about(operation_at(narrow, index));

    if (!narrow->spans.all_seats[index]) {
        narrow_seat(narrow, index, asked);
        return;
    }
    for (int seat = 1; seat <= narrow->spans.history->seats; seat++)
        if (narrow->spans.stuck == NO_OPERATION &&
            shorter[seat / 64] >> seat % 64 & 1)
            narrow_seat(narrow, index, seat);
    if (narrow->spans.stuck == NO_OPERATION &&
        operation_at(narrow, index)->outcome == COUNT)
        narrow_count(narrow, index);
}

// Draws all conclusions. Returns false if they contradict each other.
static bool conclude(struct narrow *narrow)
{
    struct spans *spans = &narrow->spans;
    uint64_t shorter[2];
    int index;

    while (spans->stuck == NO_OPERATION &&
           (index = spans_follow_up(spans, shorter)) != NO_OPERATION)
        if (spans->span[index] != NULL)
            narrow_operation(narrow, index, shorter);
    return spans->stuck == NO_OPERATION;
}

bool narrow_suppose(struct narrow *narrow, int operation, int seat, int changes)
{
    spans_at_least(&narrow->spans, operation, seat, changes);
    return conclude(narrow);
}

static void find_holders(struct narrow *narrow, int seat)
{
    const struct chain *chain = chain_of(narrow, seat);
    int *holder = allocate_array((size_t)chain->count + 1, sizeof *holder);

    holder[0] = narrow->spans.history->initial[seat];
    for (int i = 0; i < chain->count; i++)
        holder[i + 1] = holder[i] == NOBODY
                            ? operation_at(narrow, chain->change[i])->name
                            : NOBODY;
    narrow->holder[seat] = holder;
}

int narrow_init(struct narrow *narrow, struct history *history,
                const struct tenures *tenures)
{
    *narrow = (struct narrow){0};
    spans_init(&narrow->spans, history, tenures);
    for (int seat = 1; seat <= history->seats; seat++)
        find_holders(narrow, seat);
    for (int i = 0; i < tenures->maybe.count; i++) {
        const struct operation *maybe =
            history_at(history, tenures->maybe.change[i]);

        narrow->open[maybe->seat] = true;
        narrow->open[maybe->to] = true;
    }
    conclude(narrow);
    narrow->spans.memories = 0; // these conclusions stay
    return narrow->spans.stuck;
}

void narrow_release(struct narrow *narrow)
{
    for (int seat = 1; seat <= narrow->spans.history->seats; seat++)
        free(narrow->holder[seat]);
    spans_release(&narrow->spans);
}
