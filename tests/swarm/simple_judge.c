#include "simple_judge.h"

#include "house.h"
#include "random.h"
#include "states.h"

enum { LISTENERS_LIMIT = 2, SEATS_HERE = 4 };

// An order that is tried: what has come so far.
struct order {
    struct house house;
    uint32_t placed; // bits of operations
    // Of each listener and seat: whether the listener has begun to hear of the
    // seat, and how many events of it have been explained.
    bool begun[LISTENERS_LIMIT][SEATS_HERE];
    int heard[LISTENERS_LIMIT][SEATS_HERE];
};

static struct states dead; // what came of these orders so far: nothing

static bool try_all(const struct history *history, const struct order *order);

// All that matters of what has come so far, in one number: 16 operations, and
// for 3 seats the holder, and for 2 listeners up to 15 events.
static uint64_t number_of(const struct order *order)
{
    uint64_t number = order->placed;

    for (int seat = 1; seat < SEATS_HERE; seat++) {
        number = number << 3 | (uint64_t)(order->house.holder[seat] + 1);
        for (int i = 0; i < LISTENERS_LIMIT; i++) {
            number = number << 4 | (uint64_t)order->heard[i][seat];
            number = number << 1 | order->begun[i][seat];
        }
    }
    return random_mix(number);
}

// The event number `index` of those of that seat; NULL: there are no more.
static const struct heard *event_at(const struct listener *listener, int seat,
                                    int index)
{
    for (int i = 0; i < listener->count; i++)
        if (listener->heard[i].seat == seat && index-- == 0)
            return &listener->heard[i];
    return NULL;
}

// Whether everything that a listener heard before that time has come.
static bool is_explained(const struct listener *listener,
                         const struct order *order, int number, int64_t time)
{
    for (int seat = 1; seat < SEATS_HERE; seat++) {
        const struct heard *next =
            event_at(listener, seat, order->heard[number][seat]);

        if ((listener->answered < time && !order->begun[number][seat]) ||
            (next != NULL && next->time < time))
            return false;
    }
    return true;
}

// Whether everything that was over before that time has come.
static bool may_be_next(const struct history *history,
                        const struct order *order, int64_t time)
{
    for (int i = 0; i < history->count; i++)
        if (!(order->placed >> i & 1) && history->operations[i].returned < time)
            return false;
    for (int i = 0; i < history->listening.listeners; i++)
        if (!is_explained(&history->listening.listener[i], order, i, time))
            return false;
    return true;
}

// Whether the change must have been heard of before that time: because of a
// request of the listener.
static bool is_late(const struct history *history,
                    const struct listener *listener,
                    const struct operation *change, int64_t time)
{
    for (int i = 0; i < history->count; i++) {
        const struct operation *request = &history->operations[i];

        if (request->name == listener->name &&
            change->returned < request->called && request->returned < time)
            return true;
    }
    return false;
}

// The listeners hear of a change of the seat. Returns false if one of them
// heard something else.
static bool hear(const struct history *history, struct order *order,
                 const struct operation *change, int seat, bool sold)
{
    for (int i = 0; i < history->listening.listeners; i++) {
        const struct listener *listener = &history->listening.listener[i];
        const struct heard *event =
            event_at(listener, seat, order->heard[i][seat]);

        if (!order->begun[i][seat])
            continue;
        if (is_late(history, listener, change,
                    event != NULL ? event->time : NEVER) ||
            (event != NULL &&
             (event->name != change->name || event->sold != sold)))
            return false;
        order->heard[i][seat] += event != NULL;
    }
    return true;
}

static bool hear_all(const struct history *history, struct order *order,
                     const struct operation *change)
{
    bool gives = change->verb != BOOK, takes = change->verb != CANCEL;
    int to = change->verb == MOVE ? change->to : change->seat;

    return (!gives || hear(history, order, change, change->seat, false)) &&
           (!takes || hear(history, order, change, to, true));
}

static bool try_one(const struct history *history, const struct order *order,
                    int index)
{
    const struct operation *operation = &history->operations[index];
    struct order after = *order;

    if (order->placed >> index & 1 ||
        !may_be_next(history, order, operation->called) ||
        !house_allows(&order->house, operation))
        return false;
    after.placed |= UINT32_C(1) << index;
    if (operation->outcome == DONE || operation->outcome == NO_REPLY) {
        if (!hear_all(history, &after, operation))
            return false;
        house_apply(&after.house, operation);
    }
    return try_all(history, &after);
}

// The listener begins to hear of the seat.
static bool try_begin(const struct history *history, const struct order *order,
                      int number, int seat)
{
    const struct listener *listener = &history->listening.listener[number];
    struct order after = *order;

    if (listener->answered == NEVER || order->begun[number][seat] ||
        !may_be_next(history, order, listener->called))
        return false;
    after.begun[number][seat] = true;
    return try_all(history, &after);
}

// Requests without a reply need not come, nor be heard of.
static bool is_complete(const struct history *history,
                        const struct order *order)
{
    return may_be_next(history, order, NEVER);
}

static bool try_all(const struct history *history, const struct order *order)
{
    uint64_t number = number_of(order);

    if (is_complete(history, order))
        return true;
    if (states_has(&dead, number))
        return false;
    for (int i = 0; i < history->listening.listeners; i++)
        for (int seat = 1; seat <= history->seats; seat++)
            if (try_begin(history, order, i, seat))
                return true;
    for (int i = 0; i < history->count; i++)
        if (try_one(history, order, i))
            return true;
    states_add(&dead, number);
    return false;
}

// Events before WATCH was answered must not be.
bool simple_judge(const struct history *history)
{
    struct order order = {0};

    for (int i = 0; i < history->listening.listeners; i++) {
        const struct listener *listener = &history->listening.listener[i];

        if (listener->count > 0 && listener->heard[0].time < listener->answered)
            return false;
    }
    house_open(&order.house, history);
    states_clear(&dead);
    return try_all(history, &order);
}
