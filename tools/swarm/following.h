// following: all ways that things may have gone with one seat, followed through
// its timeline. The inner part of seat_search.
#ifndef FOLLOWING_H
#define FOLLOWING_H

#include "luck.h"
#include "timeline.h"
#include "ways.h"

// How hard it is tried: so many optional acts more than necessary may be
// carried out for one demand; so many ways may be followed; an optional act may
// be carried out even if it is old.
struct effort {
    int spare, ways;
    bool old;
};

// A change that was carried out on some way, and the one before it.
struct deed {
    int before;
    int operation;
    int64_t time;
};

struct following {
    const struct history *history;
    const struct hearing *hearing;
    int seat;
    struct timeline timeline;
    int words, heard_at, used_at; // where in the words the parts begin
    int *open;                    // by place: an act, or -1
    int *listening;               // by place: a listener, or -1
    // The optional acts that have been called, in lists by whom the seat must
    // have (as a name's number + 1); and for each the last one before it that
    // is like it. -1: none.
    int *first, *after, *like;
    struct ways now, next, work;
    uint64_t *scratch;
    struct deed *deed;
    int deeds, deed_room;
    long steps; // changes that were tried, and ways that were compared
    const struct luck *hard; // where to make more effort
    struct effort effort;    // about the present moment
    int64_t old_after;       // how long after its call an act is old
    bool left_out;           // some ways, because of the effort
    int spent;               // of the cheapest way that met the present demand
    const struct luck *luck;
};

// How many steps may be made: a second's worth.
enum { FOLLOWING_PATIENCE = 500000000 };

// Goes on to the next moment of the timeline, with the present effort. Returns
// false if no way goes on from here.
bool following_pass(struct following *following, const struct moment *moment);

#endif
