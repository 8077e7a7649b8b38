// listening: what those heard who said WATCH, as a part of a history.
#ifndef LISTENING_H
#define LISTENING_H

#include <stdbool.h>
#include <stdint.h>

enum { STRAY_SIZE = 48 }; // of a line that nobody asked for, what is kept

// One event.
struct heard {
    int64_t time; // nanoseconds; just after the line was read
    int seat;
    int name;
    bool sold; // EVENT SOLD, otherwise EVENT FREE
};

// A connection that said WATCH. Its requests are operations of the same name,
// which no other connection has.
struct listener {
    int name;
    int64_t called;      // just before WATCH was sent
    int64_t answered;    // just after OK watching was read, or NEVER
    struct heard *heard; // by time
    int count, capacity;
};

// A line that was no reply, and no event for a listener: it must not be.
struct stray {
    int name; // who got it
    int64_t time;
    char text[STRAY_SIZE];
};

// All of them. One of zeros is empty.
struct listening {
    struct listener *listener;
    int listeners, listener_room;
    struct stray *stray;
    int strays, stray_room;
};

void listening_release(struct listening *listening);

// Adds a listener that has heard nothing yet. What is returned is valid until
// the next one is added.
struct listener *listening_add(struct listening *listening, int name);

// The listener of that name, or NULL. The one that was added last is found at
// once.
struct listener *listening_find(const struct listening *listening, int name);

// Adds an event, which comes after those that the listener has heard.
void listening_hear(struct listener *listener, const struct heard *heard);

// Adds a line that must not be. What is not text becomes a question mark.
void listening_stray(struct listening *listening, int name, int64_t time,
                     const char *text);

#endif
