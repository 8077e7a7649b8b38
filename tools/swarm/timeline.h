// timeline: all that concerns one seat, in the order of time: requests, and
// what listeners heard.
#ifndef TIMELINE_H
#define TIMELINE_H

#include "hearing.h"
#include "history.h"

// What to suppose of a change that got no reply: it may have been carried out;
// it was, at some time between these; it was not.
struct wish {
    enum { WISH_NONE, WISH_DONE, WISH_NOT_DONE } kind;
    int64_t from, by;
};

// An operation, in the view of the seat.
struct act {
    int operation;
    enum { CHANGE, IS, IS_NOT, IS_HELD } kind;
    int holder;  // whom the seat has then (IS), or has not (IS_NOT); or NOBODY
    int becomes; // CHANGE: whom it has afterwards
    bool optional; // a change that got no reply, and need not be
    int place; // of its bit: among those that are open, or the optional ones
};

struct moment {
    int64_t time;
    enum {
        CALLED,         // an act may be from now on
        WATCH_CALLED,   // a listener may begin
        RETURNED,       // an act must have been by now
        WATCH_ANSWERED, // a listener must have begun
        HEARD,          // a listener must have heard so many events
        LEFT,           // a listener hears nothing more
    } kind;
    int index; // of an act, or a listener
    int count; // HEARD
};

struct timeline {
    struct act *act;
    int acts, act_room;
    int optional; // how many acts are
    struct moment *moment;
    int moments, moment_room;
    int open;            // acts at the same time, at most: their places
    int together;        // listeners at the same time, at most: their places
    int *listener_place; // by listener
};

// The timeline of a seat; `wish` is by operation. `hearing` is that of all
// listeners, or NULL to leave them out.
void timeline_init(struct timeline *timeline, const struct history *history,
                   const struct hearing *hearing, const struct wish *wish,
                   int seat);
void timeline_release(struct timeline *timeline);

// Whether the act, which is no change, is right while the seat has that holder.
bool timeline_is_right(const struct act *act, int holder);

#endif
