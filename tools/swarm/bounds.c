#include "bounds.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"

static void add(struct track *track, int64_t time, int change)
{
    track->event = allocate_room(track->event, track->count, &track->capacity,
                                 sizeof *track->event);
    track->event[track->count++] = (struct event){time, change, 0};
}

static int compare(const void *left, const void *right)
{
    const struct event *a = left, *b = right;

    return (a->time > b->time) - (a->time < b->time);
}

static void finish(struct track *track)
{
    int value = 0;

    if (track->count > 0)
        qsort(track->event, (size_t)track->count, sizeof *track->event,
              compare);
    for (int i = 0; i < track->count; i++)
        track->event[i].value = value += track->event[i].change;
}

static void add_tenure(struct bounds *bounds, const struct history *history,
                       const struct tenure *tenure)
{
    const struct operation *operations = history->operations;
    bool started = tenure->start != NO_OPERATION;

    add(&bounds->sure, started ? operations[tenure->start].returned : INT64_MIN,
        1);
    add(&bounds->possible,
        started ? operations[tenure->start].called : INT64_MIN, 1);
    if (tenure->end == NO_OPERATION)
        return;
    add(&bounds->sure, operations[tenure->end].called, -1);
    if (operations[tenure->end].returned != NEVER)
        add(&bounds->possible, operations[tenure->end].returned, -1);
}

void bounds_init(struct bounds *bounds, const struct history *history,
                 const struct tenures *tenures)
{
    memset(bounds, 0, sizeof *bounds);
    for (int i = 0; i < tenures->count; i++)
        add_tenure(bounds, history, &tenures->tenure[i]);
    for (int i = 0; i < history->count; i++) {
        const struct operation *operation = &history->operations[i];

        if (operation->outcome == NO_REPLY && operation->verb <= MOVE &&
            operation->verb != CANCEL)
            add(&bounds->possible, operation->called, 1);
    }
    finish(&bounds->sure);
    finish(&bounds->possible);
}

void bounds_release(struct bounds *bounds)
{
    free(bounds->sure.event);
    free(bounds->possible.event);
}

// The first event at that time or later.
static int find(const struct track *track, int64_t time)
{
    int low = 0, high = track->count;

    while (low < high) {
        int middle = low + (high - low) / 2;

        if (track->event[middle].time < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The lowest and the highest value from just before `from` to just after `to`.
static struct range extent(const struct track *track, int64_t from, int64_t to)
{
    int i = find(track, from);
    int value = i > 0 ? track->event[i - 1].value : 0;
    struct range range = {value, value};

    for (; i < track->count && track->event[i].time <= to; i++) {
        value = track->event[i].value;
        if (value < range.low)
            range.low = value;
        if (value > range.high)
            range.high = value;
    }
    return range;
}

struct range bounds_during(const struct bounds *bounds,
                           const struct operation *operation)
{
    int64_t from = operation->called, to = operation->returned;

    return (struct range){extent(&bounds->sure, from, to).low,
                          extent(&bounds->possible, from, to).high};
}

int bounds_check(const struct bounds *bounds, const struct history *history)
{
    for (int i = 0; i < history->count; i++) {
        const struct operation *operation = &history->operations[i];

        if (operation->outcome != COUNT)
            continue;
        struct range range = bounds_during(bounds, operation);
        if (operation->count < range.low || operation->count > range.high)
            return i;
    }
    return NO_OPERATION;
}
