#include "hearing.h"

#include <stdlib.h>

#include "allocate.h"

// Counts, then sums up, then puts each in its place: the order in which a
// seat's events came stays.
static void sort_events(struct hearing *hearing)
{
    const struct listener *listener = hearing->listener;
    int next[SEATS_LIMIT + 2] = {0};

    for (int i = 0; i < listener->count; i++)
        hearing->first[listener->heard[i].seat + 1]++;
    for (int seat = 1; seat <= SEATS_LIMIT + 1; seat++)
        next[seat] = hearing->first[seat] += hearing->first[seat - 1];
    hearing->heard =
        allocate_array((size_t)listener->count, sizeof *hearing->heard);
    for (int i = 0; i < listener->count; i++)
        hearing->heard[next[listener->heard[i].seat]++] = listener->heard[i];
}

static int compare(const void *left, const void *right)
{
    const struct operation *const *a = left, *const *b = right;

    return ((*a)->returned > (*b)->returned) -
           ((*a)->returned < (*b)->returned);
}

// Finds the requests of all listeners in one pass.
static void find_requests(struct hearing *hearing,
                          const struct history *history)
{
    int *room =
        allocate_array((size_t)history->listening.listeners, sizeof *room);
    int *of_name = allocate_array((size_t)history->names.count,
                                  sizeof *of_name); // a hearing + 1; 0: none

    for (int i = 0; i < history->listening.listeners; i++)
        of_name[history->listening.listener[i].name] = i + 1;
    for (int i = 0; i < history->count; i++) {
        const struct operation *operation = &history->operations[i];
        int number = of_name[operation->name] - 1;

        if (number < 0 || operation->returned == NEVER)
            continue;
        struct hearing *its = &hearing[number];
        its->asked = allocate_room(its->asked, its->requests, &room[number],
                                   sizeof *its->asked);
        its->asked[its->requests++] = operation;
    }
    free(room);
    free(of_name);
}

struct hearing *hearing_all(const struct history *history)
{
    int count = history->listening.listeners;
    struct hearing *hearing = allocate_array((size_t)count, sizeof *hearing);

    find_requests(hearing, history);
    for (int i = 0; i < count; i++) {
        hearing[i].listener = &history->listening.listener[i];
        sort_events(&hearing[i]);
        if (hearing[i].requests > 0)
            qsort(hearing[i].asked, (size_t)hearing[i].requests,
                  sizeof *hearing[i].asked, compare);
    }
    return hearing;
}

void hearing_release(struct hearing *hearing, int count)
{
    for (int i = 0; i < count; i++) {
        free(hearing[i].heard);
        free(hearing[i].asked);
    }
    free(hearing);
}

int hearing_count(const struct hearing *hearing, int seat)
{
    return hearing->first[seat + 1] - hearing->first[seat];
}

const struct heard *hearing_events(const struct hearing *hearing, int seat)
{
    return hearing->heard + hearing->first[seat];
}

const struct operation *hearing_asked(const struct hearing *hearing,
                                      int64_t time)
{
    int low = 0, high = hearing->requests;

    while (low < high) {
        int middle = low + (high - low) / 2;

        if (hearing->asked[middle]->returned < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? hearing->asked[low - 1] : NULL;
}
