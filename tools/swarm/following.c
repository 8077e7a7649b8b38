#include "following.h"

#include <limits.h>
#include <string.h>

#include "allocate.h"

// An optional act may be tried after so many later ones.
enum { SKIPS = 3 };

enum { NOT_BEGUN = 0 }; // of a listener; otherwise 1 + what it has heard

static bool has_bit(const uint64_t *words, int bit)
{
    return words[bit / 64] >> bit % 64 & 1;
}

static void set_bit(uint64_t *words, int bit)
{
    words[bit / 64] |= UINT64_C(1) << bit % 64;
}

// The set is full if more would be too much effort.
static void add_way(struct following *it, struct ways *ways, struct way way,
                    const uint64_t *words)
{
    it->steps += ways->count;
    if (ways_have(ways, way, words))
        return;
    if (ways->count < it->effort.ways)
        ways_add(ways, way, words);
    else
        it->left_out = true;
}

// ---- one step on one way ----

// Whether the change is what this listener hears next, if it hears at all.
static bool hears(const struct following *it, int listener, uint64_t *heard,
                  const struct act *act)
{
    const struct hearing *hearing = &it->hearing[listener];
    const struct operation *change = history_at(it->history, act->operation);
    int index = (int)*heard - 1;
    int64_t time = NEVER;

    if (*heard == NOT_BEGUN)
        return true;
    if (index < hearing_count(hearing, it->seat)) {
        const struct heard *event = &hearing_events(hearing, it->seat)[index];

        time = event->time;
        ++*heard;
        if (event->sold != (act->holder == NOBODY) ||
            event->name != change->name)
            return false;
    }
    const struct operation *asked = hearing_asked(hearing, time);
    return asked == NULL || change->returned >= asked->called;
}

// The questions that have their answer now.
static void answer(const struct following *it, int holder, uint64_t *words)
{
    for (int place = 0; place < it->timeline.open; place++)
        if (it->open[place] >= 0 &&
            timeline_is_right(&it->timeline.act[it->open[place]], holder))
            set_bit(words, place);
}

// Carries out the act on a way, which `words` describes. Returns whether that
// is possible.
static bool carry_out(const struct following *it, const struct act *act,
                      int holder, uint64_t *words)
{
    if (act->kind != CHANGE || holder != act->holder)
        return false;
    if (act->optional ? has_bit(words + it->used_at, act->place)
                      : has_bit(words, act->place))
        return false;
    set_bit(act->optional ? words + it->used_at : words, act->place);
    for (int place = 0; place < it->timeline.together; place++)
        if (it->listening[place] >= 0 &&
            !hears(it, it->listening[place], &words[it->heard_at + place], act))
            return false;
    answer(it, act->becomes, words);
    return true;
}

// Whether the listener, whose next change this holder is in for, may begin now.
static bool may_begin(const struct following *it, int listener, int holder)
{
    const struct hearing *hearing = &it->hearing[listener];

    if (hearing_count(hearing, it->seat) == 0)
        return true;
    const struct heard *first = hearing_events(hearing, it->seat);
    return holder == (first->sold ? NOBODY : first->name);
}

// ---- all ways, one moment ----

static bool has_come(const struct following *it, const struct moment *moment,
                     const uint64_t *words)
{
    int place;

    if (moment->kind == RETURNED)
        return has_bit(words, it->timeline.act[moment->index].place);
    place = it->timeline.listener_place[moment->index];
    return words[it->heard_at + place] > (uint64_t)moment->count;
}

static void put(struct following *it, const struct moment *moment,
                struct way way, const uint64_t *words)
{
    bool come = has_come(it, moment, words);

    if (come && way.spent < it->spent)
        it->spent = way.spent;
    add_way(it, come ? &it->next : &it->work, way, words);
}

static void try_act(struct following *it, const struct moment *moment, int way,
                    int index)
{
    const struct act *act = &it->timeline.act[index];
    struct way from = it->work.way[way];

    memcpy(it->scratch, ways_words(&it->work, way),
           (size_t)it->words * sizeof *it->scratch);
    it->steps++;
    if (!carry_out(it, act, from.holder, it->scratch))
        return;
    it->deed =
        allocate_room(it->deed, it->deeds, &it->deed_room, sizeof *it->deed);
    it->deed[it->deeds] =
        (struct deed){from.last, act->operation, moment->time};
    put(it, moment,
        (struct way){act->becomes, it->deeds++, from.spent + act->optional},
        it->scratch);
}

static void try_begin(struct following *it, const struct moment *moment,
                      int way, int place)
{
    struct way from = it->work.way[way];

    memcpy(it->scratch, ways_words(&it->work, way),
           (size_t)it->words * sizeof *it->scratch);
    uint64_t *heard = &it->scratch[it->heard_at + place];
    if (*heard != NOT_BEGUN ||
        !may_begin(it, it->listening[place], from.holder))
        return;
    *heard = 1;
    put(it, moment, from, it->scratch);
}

// Most requests without a reply are carried out soon, or never.
static bool is_too_old(struct following *it, const struct moment *moment,
                       int index)
{
    const struct operation *operation =
        history_at(it->history, it->timeline.act[index].operation);

    if (it->effort.old || moment->time - operation->called <= it->old_after)
        return false;
    it->left_out = true;
    return true;
}

// Of requests that ask for the same, of one seat only, it does not matter which
// is carried out: the first that was not.
static bool is_next_of_like(struct following *it, const struct moment *moment,
                            const uint64_t *words, int index)
{
    int like = it->like[index];

    return like < 0 ||
           has_bit(words + it->used_at, it->timeline.act[like].place) ||
           is_too_old(it, moment, like);
}

// Whether somebody who holds the seat may give it back.
static bool may_end(const struct following *it, int holder)
{
    if (it->first[holder + 1] >= 0)
        return true;
    for (int place = 0; place < it->timeline.open; place++) {
        int index = it->open[place];

        if (index >= 0 && it->timeline.act[index].kind == CHANGE &&
            it->timeline.act[index].holder == holder)
            return true;
    }
    return false;
}

// Whether it is of any use for what is demanded that the seat has this holder.
static bool is_useful(const struct following *it, const struct moment *moment,
                      int holder)
{
    if (holder == NOBODY || moment->kind != RETURNED)
        return true;
    const struct act *act = &it->timeline.act[moment->index];
    return (act->kind != CHANGE && timeline_is_right(act, holder)) ||
           act->holder == holder || may_end(it, holder);
}

static void try_optional(struct following *it, const struct moment *moment,
                         int way)
{
    int holder = it->work.way[way].holder;

    for (int index = it->first[holder + 1]; index >= 0;
         index = it->after[index])
        if (!is_too_old(it, moment, index) &&
            is_next_of_like(it, moment, ways_words(&it->work, way), index) &&
            is_useful(it, moment, it->timeline.act[index].becomes))
            try_act(it, moment, way, index);
}

// All that can be next on a way.
static void expand(struct following *it, const struct moment *moment, int way)
{
    for (int place = 0; place < it->timeline.open; place++)
        if (it->open[place] >= 0)
            try_act(it, moment, way, it->open[place]);
    try_optional(it, moment, way);
    for (int place = 0; place < it->timeline.together; place++)
        if (it->listening[place] >= 0)
            try_begin(it, moment, way, place);
}

static void swap(struct following *it)
{
    struct ways ways = it->now;

    it->now = it->next;
    it->next = ways;
}

// Whether a way that has spent so much is worth following.
static bool is_worth(struct following *it, int spent)
{
    if (it->spent == INT_MAX || spent - it->spent <= it->effort.spare)
        return true;
    it->left_out = true;
    return false;
}

// By this moment it must have come. The cheapest ways are followed first.
// Returns false if no way leads there.
static bool demand(struct following *it, const struct moment *moment)
{
    bool more = true;

    it->next.count = it->work.count = 0;
    it->spent = INT_MAX;
    for (int i = 0; i < it->now.count; i++) {
        struct way way = it->now.way[i];

        way.spent = 0;
        put(it, moment, way, ways_words(&it->now, i));
    }
    for (int spent = 0; more && is_worth(it, spent); spent++) {
        more = false;
        for (int i = 0; i < it->work.count && it->steps < FOLLOWING_PATIENCE;
             i++) {
            if (it->work.way[i].spent == spent)
                expand(it, moment, i);
            more = more || it->work.way[i].spent > spent;
        }
    }
    swap(it);
    return it->now.count > 0;
}

static bool is_like(const struct following *it, int one, int other)
{
    const struct operation *a =
        history_at(it->history, it->timeline.act[one].operation);
    const struct operation *b =
        history_at(it->history, it->timeline.act[other].operation);

    return a->verb != MOVE && a->verb == b->verb && a->name == b->name;
}

// The last that is like it, in no order of the list but in that of the calls.
static int find_like(const struct following *it, int index)
{
    int last = -1;

    for (int i = it->first[it->timeline.act[index].holder + 1]; i >= 0;
         i = it->after[i])
        if (i > last && is_like(it, i, index))
            last = i;
    return last;
}

// Those that are tried first are likelier to be found: the latest, as a rule.
static void add_optional(struct following *it, int index)
{
    const struct act *act = &it->timeline.act[index];
    int *link = &it->first[act->holder + 1];
    int64_t called = history_at(it->history, act->operation)->called;
    int skipped = 0;

    it->like[index] = find_like(it, index);
    if (it->luck != NULL)
        skipped = luck_guess(it->luck, called, act->operation, SKIPS);
    for (; skipped > 0 && *link >= 0; skipped--)
        link = &it->after[*link];
    it->after[index] = *link;
    *link = index;
}

// An act or a listener is there from now on, in its place.
static void open_act(struct following *it, int index)
{
    const struct act *act = &it->timeline.act[index];

    if (act->optional) {
        add_optional(it, index);
        return;
    }
    it->open[act->place] = index;
    for (int i = 0; i < it->now.count; i++) {
        uint64_t *words = ways_words(&it->now, i);

        words[act->place / 64] &= ~(UINT64_C(1) << act->place % 64);
        if (timeline_is_right(act, it->now.way[i].holder))
            set_bit(words, act->place);
    }
}

// Nobody asks for this word, or bit, any more: ways that differ only there are
// the same.
static void close_place(struct following *it, const struct moment *moment)
{
    int place;

    if (moment->kind == RETURNED) {
        place = it->timeline.act[moment->index].place;
        it->open[place] = -1;
    } else {
        place = it->timeline.listener_place[moment->index];
        it->listening[place] = -1;
    }
    it->next.count = 0;
    for (int i = 0; i < it->now.count; i++) {
        uint64_t *words = ways_words(&it->now, i);

        if (moment->kind == RETURNED)
            words[place / 64] &= ~(UINT64_C(1) << place % 64);
        else
            words[it->heard_at + place] = NOT_BEGUN;
        add_way(it, &it->next, it->now.way[i], words);
    }
    swap(it);
}

bool following_pass(struct following *it, const struct moment *moment)
{
    switch (moment->kind) {
    case CALLED:
        open_act(it, moment->index);
        return true;
    case WATCH_CALLED:
        it->listening[it->timeline.listener_place[moment->index]] =
            moment->index;
        return true;
    case LEFT:
        close_place(it, moment);
        return true;
    default:
        if (!demand(it, moment))
            return false;
        if (moment->kind == RETURNED)
            close_place(it, moment);
        return true;
    }
}
