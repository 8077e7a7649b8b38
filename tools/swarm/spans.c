#include "spans.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"

static struct operation *operation_at(const struct spans *spans, int index)
{
    return &spans->history->operations[index];
}

static struct span *span_at(const struct spans *spans, int index, int seat)
{
    return &spans->span[index][spans->all_seats[index] ? seat : 0];
}

struct span spans_get(const struct spans *spans, int operation, int seat)
{
    return *span_at(spans, operation, seat);
}

static void queue(struct spans *spans, int index)
{
    if (spans->queued[index])
        return;
    spans->queued[index] = true;
    spans->queue[spans->tail] = index;
    spans->tail = (spans->tail + 1) % (spans->history->count + 1);
}

static void remember(struct spans *spans, const struct memory *memory)
{
    spans->memory = allocate_room(spans->memory, spans->memories,
                                  &spans->memory_room, sizeof *spans->memory);
    spans->memory[spans->memories++] = *memory;
}

static void set_span(struct spans *spans, int index, int seat, struct span to)
{
    struct span *span = span_at(spans, index, seat);
    struct memory memory = {.operation = index, .seat = seat, .span = *span};

    remember(spans, &memory);
    *span = to;
    spans->shorter[index][seat / 64] |= UINT64_C(1) << seat % 64;
    queue(spans, index);
    if (to.low > to.high)
        spans->stuck = index;
}

void spans_at_least(struct spans *spans, int operation, int seat, int changes)
{
    struct span span = spans_get(spans, operation, seat);

    if (span.low < changes)
        set_span(spans, operation, seat, (struct span){changes, span.high});
}

void spans_at_most(struct spans *spans, int operation, int seat, int changes)
{
    struct span span = spans_get(spans, operation, seat);

    if (span.high > changes)
        set_span(spans, operation, seat, (struct span){span.low, changes});
}

static void set_times(struct spans *spans, int index, int64_t earliest,
                      int64_t latest)
{
    struct operation *operation = operation_at(spans, index);
    struct memory memory = {.operation = index,
                            .earliest = operation->earliest,
                            .latest = operation->latest};

    remember(spans, &memory);
    operation->earliest = earliest;
    operation->latest = latest;
    memset(spans->shorter[index], 0xff, sizeof spans->shorter[index]);
    queue(spans, index);
    if (earliest > latest)
        spans->stuck = index;
}

void spans_not_before(struct spans *spans, int operation, int64_t time)
{
    const struct operation *it = operation_at(spans, operation);

    if (it->earliest < time)
        set_times(spans, operation, time, it->latest);
}

void spans_not_after(struct spans *spans, int operation, int64_t time)
{
    const struct operation *it = operation_at(spans, operation);

    if (it->latest > time)
        set_times(spans, operation, it->earliest, time);
}

void spans_in_order(struct spans *spans, int before, int after)
{
    if (operation_at(spans, before)->latest <
        operation_at(spans, after)->earliest)
        return; // the times say so already, and all that follows from it
    spans_not_before(spans, after, operation_at(spans, before)->earliest);
    spans_not_after(spans, before, operation_at(spans, after)->latest);
    if (!spans->all_seats[before] || !spans->all_seats[after])
        return;
    for (int seat = 1; seat <= spans->history->seats; seat++) {
        struct span earlier = spans->span[before][seat];
        struct span later = spans->span[after][seat];

        if (later.low < earlier.low)
            spans_at_least(spans, after, seat, earlier.low);
        if (earlier.high > later.high)
            spans_at_most(spans, before, seat, later.high);
    }
}

int spans_follow_up(struct spans *spans, uint64_t shorter[2])
{
    if (spans->head == spans->tail)
        return NO_OPERATION;
    int index = spans->queue[spans->head];
    spans->head = (spans->head + 1) % (spans->history->count + 1);
    spans->queued[index] = false;
    memcpy(shorter, spans->shorter[index], sizeof spans->shorter[index]);
    memset(spans->shorter[index], 0, sizeof spans->shorter[index]);
    return index;
}

static void recall(struct spans *spans, const struct memory *memory)
{
    struct operation *operation = operation_at(spans, memory->operation);

    if (memory->seat != 0) {
        *span_at(spans, memory->operation, memory->seat) = memory->span;
    } else {
        operation->earliest = memory->earliest;
        operation->latest = memory->latest;
    }
}

void spans_forget(struct spans *spans, int memories)
{
    uint64_t shorter[2];

    while (spans_follow_up(spans, shorter) != NO_OPERATION)
        continue;
    while (spans->memories > memories) {
        recall(spans, &spans->memory[--spans->memories]);
    }
    spans->stuck = NO_OPERATION;
}

// ---- the beginning ----

// The changes of a chain whose time may be over before the operation's begins,
// and those whose time may have begun when it is over, are found by halving:
// the times of a chain's changes rise.
static struct span first_span(const struct spans *spans, int index, int seat)
{
    const struct operation *operation = operation_at(spans, index);
    const struct chain *chain = &spans->tenures->chain[seat];
    struct span span = {0, chain->count};

    for (int low = 0, high = chain->count; low < high;) {
        int middle = low + (high - low) / 2;

        if (operation_at(spans, chain->change[middle])->latest <
            operation->earliest)
            span.low = low = middle + 1;
        else
            high = middle;
    }
    for (int low = span.low, high = chain->count; low < high;) {
        int middle = low + (high - low) / 2;

        if (operation_at(spans, chain->change[middle])->earliest <=
            operation->latest)
            low = middle + 1;
        else
            span.high = high = middle;
    }
    return span;
}

static void init_spans(struct spans *spans, int index)
{
    const struct operation *operation = operation_at(spans, index);
    int asked = history_asks_about(operation);

    if (history_asks_about_all(operation))
        spans->all_seats[index] = true;
    if (spans->all_seats[index]) {
        spans->span[index] = allocate_array((size_t)spans->history->seats + 1,
                                            sizeof **spans->span);
        for (int seat = 1; seat <= spans->history->seats; seat++)
            spans->span[index][seat] = first_span(spans, index, seat);
    } else if (asked != 0) {
        spans->span[index] = allocate_array(1, sizeof **spans->span);
        spans->span[index][0] = first_span(spans, index, asked);
    } else {
        return;
    }
    memset(spans->shorter[index], 0xff, sizeof spans->shorter[index]);
    queue(spans, index);
}

// Makes the times of a chain's changes rise.
static void init_chain(struct spans *spans, const struct chain *chain)
{
    for (int i = 0; i < chain->count; i++)
        spans->all_seats[chain->change[i]] = true;
    for (int i = 1; i < chain->count; i++)
        spans_not_before(spans, chain->change[i],
                         operation_at(spans, chain->change[i - 1])->earliest);
    for (int i = chain->count - 1; i > 0; i--)
        spans_not_after(spans, chain->change[i - 1],
                        operation_at(spans, chain->change[i])->latest);
}

// A change has one place in the chains of its own seats.
static void init_own_spans(struct spans *spans, int seat)
{
    const struct chain *chain = &spans->tenures->chain[seat];

    for (int i = 0; i < chain->count; i++)
        spans->span[chain->change[i]][seat] = (struct span){i, i};
}

void spans_init(struct spans *spans, struct history *history,
                const struct tenures *tenures)
{
    size_t count = (size_t)history->count;

    *spans = (struct spans){
        .history = history, .tenures = tenures, .stuck = NO_OPERATION};
    spans->span = allocate_array(count, sizeof *spans->span);
    spans->all_seats = allocate_array(count, sizeof *spans->all_seats);
    spans->queue = allocate_array(count + 1, sizeof *spans->queue);
    spans->queued = allocate_array(count, sizeof *spans->queued);
    spans->shorter = allocate_array(count, sizeof *spans->shorter);
    for (int i = 0; i < history->count; i++) {
        history->operations[i].earliest = history->operations[i].called;
        history->operations[i].latest = tenures->by != NULL
                                            ? tenures->by[i]
                                            : history->operations[i].returned;
    }
    for (int seat = 1; seat <= history->seats; seat++)
        init_chain(spans, &tenures->chain[seat]);
    for (int i = 0; i < history->count; i++)
        init_spans(spans, i);
    for (int seat = 1; seat <= history->seats; seat++)
        init_own_spans(spans, seat);
}

void spans_release(struct spans *spans)
{
    for (int i = 0; i < spans->history->count; i++)
        free(spans->span[i]);
    free(spans->span);
    free(spans->all_seats);
    free(spans->queue);
    free(spans->queued);
    free(spans->shorter);
    free(spans->memory);
}
