#include "events.h"

// One listener and one seat.
struct match {
    const struct history *history;
    const struct chain *chain;
    const struct hearing *hearing;
    const struct heard *heard;
    int count; // events
    int seat;
};

static const struct operation *change_at(const struct match *match, int place)
{
    return history_at(match->history, match->chain->change[place]);
}

// Whether this is the event of that change of the seat.
static bool is_event_of(const struct match *match, const struct heard *heard,
                        int place)
{
    const struct operation *change = change_at(match, place);

    return heard->name == change->name &&
           heard->sold == history_takes(change, match->seat);
}

static bool is_same(const struct heard *one, const struct heard *other)
{
    return one->name == other->name && one->sold == other->sold;
}

// The first change from `low` to before `high` of which this is the event, and
// which can have been before `time`. Returns its place, or -1.
static int find(const struct match *match, const struct heard *heard, int low,
                int high, int64_t time)
{
    for (int i = low; i < high; i++)
        if (is_event_of(match, heard, i) &&
            change_at(match, i)->earliest <= time)
            return i;
    return -1;
}

// Event number `index`, of which no change is left: it was over before WATCH,
// or belongs before the last event, or comes only later.
static struct complaint explain_odd(const struct match *match, int index,
                                    int place)
{
    const struct heard *heard = &match->heard[index];
    struct complaint it = {.heard = heard, .change = NO_OPERATION};
    int before = find(match, heard, 0, place, NEVER);
    int after = find(match, heard, place, match->chain->count, NEVER);
    bool swapped =
        before >= 0 && index > 0 &&
        change_at(match, before)->latest >= match->hearing->listener->called;

    if (swapped) {
        it.heard = heard - 1;
        it.other = heard;
    }
    it.fault = swapped       ? FAULT_SWAPPED
               : before >= 0 ? FAULT_OLD
               : after >= 0  ? FAULT_EARLY
                             : FAULT_NEVER;
    if (it.fault != FAULT_NEVER)
        it.change = match->chain->change[before >= 0 ? before : after];
    return it;
}

// The same event, heard before; NULL: there is none.
static const struct heard *find_twin(const struct match *match, int index)
{
    for (int i = index - 1; i >= 0; i--)
        if (is_same(&match->heard[index], &match->heard[i]))
            return &match->heard[i];
    return NULL;
}

// The event that would be due is that of the change at `place`; event number
// `index` came instead.
static struct complaint explain(const struct match *match, int index, int place)
{
    const struct heard *heard = &match->heard[index];
    struct complaint it = {.heard = heard};
    int later = find(match, heard, place, match->chain->count, heard->time);

    it.other = later < 0 ? find_twin(match, index) : NULL;
    if (it.other != NULL) {
        int before = find(match, heard, 0, place, NEVER);

        it.fault = FAULT_TWICE;
        it.change = before >= 0 ? match->chain->change[before] : NO_OPERATION;
        return it;
    }
    if (later < 0)
        return explain_odd(match, index, place);
    it.change = match->chain->change[place];
    it.fault = FAULT_SKIPPED;
    for (int i = index + 1; i < match->count && i <= index + later - place; i++)
        if (it.fault == FAULT_SKIPPED &&
            is_event_of(match, &match->heard[i], place)) {
            it.fault = FAULT_SWAPPED;
            it.other = &match->heard[i];
        }
    return it;
}

// An event that is of the change at `place`: did it come at its time?
static struct complaint check_time(const struct match *match, int index,
                                   int place)
{
    const struct heard *heard = &match->heard[index];
    struct complaint it = {.heard = heard,
                           .change = match->chain->change[place]};

    it.request = hearing_asked(match->hearing, heard->time);
    if (change_at(match, place)->earliest > heard->time)
        return explain_odd(match, index, place);
    if (it.request != NULL &&
        change_at(match, place)->returned < it.request->called)
        it.fault = FAULT_LATE;
    return it;
}

// What had its reply before the listener's last request must have been heard.
static struct complaint check_end(const struct match *match, int place)
{
    struct complaint it = {.request = hearing_asked(match->hearing, NEVER)};

    for (; it.request != NULL && place < match->chain->count; place++) {
        const struct operation *change = change_at(match, place);

        if (change->earliest > it.request->called)
            break;
        if (change->returned >= it.request->called)
            continue;
        it.fault = FAULT_LOST;
        it.change = match->chain->change[place];
        return it;
    }
    return it;
}

// Supposes that the first event is that of the change at `place`. Counts the
// events that fit.
static struct complaint check_from(const struct match *match, int place,
                                   int *fitting)
{
    struct complaint it = {0};

    for (*fitting = 0; *fitting < match->count; ++*fitting, place++) {
        if (place == match->chain->count ||
            !is_event_of(match, &match->heard[*fitting], place))
            return explain(match, *fitting, place);
        it = check_time(match, *fitting, place);
        if (it.fault != FAULT_NONE)
            return it;
    }
    return check_end(match, place);
}

// How many changes at the beginning of the chain were over before that time.
// The times of a chain's changes rise.
static int over_before(const struct match *match, int64_t time)
{
    int low = 0, high = match->chain->count;

    while (low < high) {
        int middle = low + (high - low) / 2;

        if (change_at(match, middle)->latest < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The piece may begin at any change that can be the first one after WATCH.
// Complains about where most events fit.
static struct complaint check(const struct match *match)
{
    const struct listener *listener = match->hearing->listener;
    struct complaint best = {0};
    int most = -1;

    for (int place = over_before(match, listener->called);; place++) {
        int fitting;
        struct complaint it = check_from(match, place, &fitting);

        if (it.fault == FAULT_NONE)
            return it;
        if (fitting > most) {
            most = fitting;
            best = it;
        }
        if (place >= match->chain->count ||
            change_at(match, place)->earliest > listener->answered)
            break;
    }
    best.hearing = match->hearing;
    best.seat = match->seat;
    return best;
}

struct complaint events_check_seat(const struct history *history,
                                   const struct hearing *hearing,
                                   const struct tenures *tenures, int seat)
{
    struct complaint it = {0};

    for (int i = 0; i < history->listening.listeners; i++) {
        const struct match match = {
            .history = history,
            .chain = &tenures->chain[seat],
            .hearing = &hearing[i],
            .heard = hearing_events(&hearing[i], seat),
            .count = hearing_count(&hearing[i], seat),
            .seat = seat,
        };

        if (hearing[i].listener->answered == NEVER)
            continue;
        it = check(&match);
        if (it.fault != FAULT_NONE)
            break;
    }
    return it;
}

struct complaint events_check_lines(const struct history *history,
                                    const struct hearing *hearing)
{
    const struct listening *listening = &history->listening;

    if (listening->strays > 0)
        return (struct complaint){.fault = FAULT_STRAY,
                                  .stray = &listening->stray[0]};
    for (int i = 0; i < listening->listeners; i++) {
        const struct listener *listener = &listening->listener[i];

        if (listener->count > 0 && listener->heard[0].time < listener->answered)
            return (struct complaint){.fault = FAULT_UNASKED,
                                      .hearing = &hearing[i],
                                      .seat = listener->heard[0].seat,
                                      .heard = &listener->heard[0]};
    }
    return (struct complaint){0};
}
