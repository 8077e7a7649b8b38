#include "timeline.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"

bool timeline_is_right(const struct act *act, int holder)
{
    switch (act->kind) {
    case IS:
        return holder == act->holder;
    case IS_NOT:
        return holder != act->holder;
    case IS_HELD:
        return holder != NOBODY;
    default:
        return false;
    }
}

static void add_moment(struct timeline *timeline, int64_t time, int kind,
                       int index, int count)
{
    timeline->moment =
        allocate_room(timeline->moment, timeline->moments,
                      &timeline->moment_room, sizeof *timeline->moment);
    timeline->moment[timeline->moments++] =
        (struct moment){time, kind, index, count};
}

enum { IMPOSSIBLE = NOBODY - 1 }; // no seat has this holder

// A change takes the seat or frees it. To move to the same seat is impossible.
static void view_change(struct act *act, const struct operation *operation,
                        int seat)
{
    bool takes = history_takes(operation, seat);

    act->kind = CHANGE;
    act->holder = takes ? NOBODY : operation->name;
    if (operation->seat == operation->to)
        act->holder = IMPOSSIBLE;
    act->becomes = takes ? operation->name : NOBODY;
}

// What a question, or a change that was refused, says of the seat. Returns
// false if it says nothing.
static bool view_answer(struct act *act, const struct operation *operation,
                        int seat)
{
    act->kind = IS;
    act->holder = operation->name;
    switch (operation->outcome) {
    case TAKEN: // a MOVE: the client holds the seat that it wants to leave
        if (operation->verb == MOVE && operation->seat == seat)
            return operation->to != seat || operation->holder == act->holder;
        act->holder = operation->holder;
        return seat == operation->to || operation->verb == BOOK;
    case NOT_YOURS:
        act->kind = IS_NOT;
        return operation->seat == seat;
    case HELD:
        act->holder = operation->holder;
        return true;
    case FREE:
        act->holder = NOBODY;
        return true;
    case PICTURE:
        act->kind = history_pictured(operation, seat) ? IS_HELD : IS;
        act->holder = NOBODY;
        return true;
    default:
        return false;
    }
}

static bool view(struct act *act, const struct operation *operation, int seat)
{
    if (operation->outcome != PICTURE && operation->seat != seat &&
        operation->to != seat)
        return false;
    if (!history_changes(operation))
        return view_answer(act, operation, seat);
    view_change(act, operation, seat);
    return true;
}

static int64_t later(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

// A request without a reply that was not carried out says nothing.
static void add_act(struct timeline *timeline, const struct history *history,
                    int index, const struct wish *wish, int seat)
{
    const struct operation *operation = history_at(history, index);
    bool pending = operation->outcome == NO_REPLY;
    struct act act = {.operation = index,
                      .optional = pending && wish->kind == WISH_NONE};
    int64_t by =
        wish->by < operation->returned ? wish->by : operation->returned;

    if ((pending && (wish->kind == WISH_NOT_DONE || operation->verb > MOVE ||
                     operation->seat == operation->to)) ||
        !view(&act, operation, seat))
        return;
    if (act.optional)
        act.place = timeline->optional++;
    timeline->act = allocate_room(timeline->act, timeline->acts,
                                  &timeline->act_room, sizeof *timeline->act);
    timeline->act[timeline->acts] = act;
    add_moment(timeline, later(operation->called, wish->from), CALLED,
               timeline->acts, 0);
    if (!act.optional)
        add_moment(timeline, by, RETURNED, timeline->acts, 0);
    timeline->acts++;
}

static void add_listener(struct timeline *timeline,
                         const struct hearing *hearing, int index, int seat)
{
    const struct listener *listener = hearing->listener;
    const struct heard *heard = hearing_events(hearing, seat);
    const struct operation *last = hearing_asked(hearing, NEVER);
    int count = hearing_count(hearing, seat);
    int64_t end = listener->answered;

    if (listener->answered == NEVER)
        return;
    add_moment(timeline, listener->called, WATCH_CALLED, index, 0);
    add_moment(timeline, listener->answered, WATCH_ANSWERED, index, 0);
    for (int i = 0; i < count; i++)
        add_moment(timeline, heard[i].time, HEARD, index, i + 1);
    if (count > 0 && heard[count - 1].time > end)
        end = heard[count - 1].time;
    if (last != NULL && last->returned > end)
        end = last->returned;
    add_moment(timeline, end, LEFT, index, 0);
}

// At the same time: what may be comes before what must have been.
static int compare(const void *left, const void *right)
{
    const struct moment *a = left, *b = right;

    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->kind != b->kind)
        return (int)a->kind - (int)b->kind;
    return a->count - b->count;
}

// Gives out the lowest place that is free, or takes one back.
static int take_place(bool *taken, int *most)
{
    int place = 0;

    while (taken[place])
        place++;
    taken[place] = true;
    if (place + 1 > *most)
        *most = place + 1;
    return place;
}

static void give_places(struct timeline *timeline, int listeners)
{
    bool *act = allocate_array((size_t)timeline->acts + 1, sizeof *act);
    bool *listener = allocate_array((size_t)listeners + 1, sizeof *listener);

    for (int i = 0; i < timeline->moments; i++) {
        const struct moment *moment = &timeline->moment[i];

        if (moment->kind == CALLED && !timeline->act[moment->index].optional)
            timeline->act[moment->index].place =
                take_place(act, &timeline->open);
        else if (moment->kind == RETURNED)
            act[timeline->act[moment->index].place] = false;
        else if (moment->kind == WATCH_CALLED)
            timeline->listener_place[moment->index] =
                take_place(listener, &timeline->together);
        else if (moment->kind == LEFT)
            listener[timeline->listener_place[moment->index]] = false;
    }
    free(act);
    free(listener);
}

void timeline_init(struct timeline *timeline, const struct history *history,
                   const struct hearing *hearing, const struct wish *wish,
                   int seat)
{
    static const struct wish none = {WISH_NONE, INT64_MIN, NEVER};
    int listeners = hearing == NULL ? 0 : history->listening.listeners;

    memset(timeline, 0, sizeof *timeline);
    for (int i = 0; i < history->count; i++)
        add_act(timeline, history, i, wish == NULL ? &none : &wish[i], seat);
    for (int i = 0; i < listeners; i++)
        add_listener(timeline, &hearing[i], i, seat);
    if (timeline->moments > 0)
        qsort(timeline->moment, (size_t)timeline->moments,
              sizeof *timeline->moment, compare);
    timeline->listener_place =
        allocate_array((size_t)listeners, sizeof *timeline->listener_place);
    give_places(timeline, listeners);
}

void timeline_release(struct timeline *timeline)
{
    free(timeline->act);
    free(timeline->moment);
    free(timeline->listener_place);
}
