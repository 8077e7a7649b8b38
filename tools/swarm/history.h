// history: what was asked and answered, and when.
//
// swarm records a history while it runs; --judge reads one from a file. The
// form of the file is in history_file.c.
#ifndef HISTORY_H
#define HISTORY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "listening.h"
#include "names.h"
#include "seats.h"

enum verb { BOOK, CANCEL, MOVE, WHO, SOLD, MAP };

enum outcome {
    NO_REPLY,  // nothing came back: it may have taken effect, or not
    DONE,      // BOOK, CANCEL, MOVE: OK
    TAKEN,     // BOOK, MOVE: ERR taken HOLDER
    NOT_YOURS, // CANCEL, MOVE: ERR not yours
    HELD,      // WHO: OK HOLDER
    FREE,      // WHO: OK free
    COUNT,     // SOLD: OK COUNT
    PICTURE,   // MAP: OK ..#
    STRANGE,   // nothing that the protocol allows here
};

#define NEVER INT64_MAX // when an operation without a reply returned

enum { STRANGE_SIZE = 40 }; // of a STRANGE reply, what is kept

// One request and its reply.
struct operation {
    int64_t called;   // nanoseconds; just before the request was sent
    int64_t returned; // just after the reply was read, or NEVER
    int64_t earliest; // when it can have taken effect, as far as the judge
    int64_t latest;   // has found out: see narrow.h
    enum verb verb;
    enum outcome outcome;
    int name; // who asked
    int seat; // MOVE: from; SOLD, MAP: 0
    int to;   // MOVE: to; otherwise 0
    union {
        int holder;                 // TAKEN, HELD: a name
        int count;                  // COUNT
        uint64_t picture[2];        // PICTURE: see history_pictured
        char strange[STRANGE_SIZE]; // STRANGE: the reply
    };
};

struct history {
    int seats;                    // in the house
    bool timeless;                // times only say what came before what
    int initial[SEATS_LIMIT + 1]; // who held the seat at first, or NOBODY
    struct operation *operations;
    int count;
    int capacity;
    struct names names;
    struct listening listening; // what those heard who watched
};

// An empty history of a house of `seats` seats, all free.
void history_init(struct history *history, int seats);

// Frees what the history owns.
void history_release(struct history *history);

// Adds a copy of the operation at the end.
void history_add(struct history *history, const struct operation *operation);

// The operation with that index, in the order in which they stand.
const struct operation *history_at(const struct history *history, int index);

// Puts the operations into the order in which they were called.
void history_sort(struct history *history);

// Whether the operation changed who holds what, or got no reply and may have.
bool history_changes(const struct operation *operation);

// The seats that a change touches: one, or two for a MOVE. Returns how many.
int history_touches(const struct operation *operation, int seat[2]);

// Whether the change is to take that seat; otherwise it frees it.
bool history_takes(const struct operation *operation, int seat);

// The seat of whose holder the reply tells something; 0 if it tells of none, or
// of all.
int history_asks_about(const struct operation *operation);

// Whether the reply tells something of all seats at once.
bool history_asks_about_all(const struct operation *operation);

// Whether the seat is held in the picture that a MAP returned.
bool history_pictured(const struct operation *operation, int seat);

// Writes the request as the protocol spells it, without a line end.
void history_request(const struct operation *operation, char *text,
                     size_t size);

// Reads a request: sets verb, seat and to. Returns false if it is none that a
// history holds.
bool history_parse(struct operation *operation, const char *request);

// Sets the outcome of the operation from what the server replied, without a
// line end. A holder that the history has no name for makes it STRANGE.
void history_reply(const struct history *history, struct operation *operation,
                   const char *reply);

// Writes the reply as the protocol spells it, "" if there was none.
void history_reply_text(const struct history *history,
                        const struct operation *operation, char *text,
                        size_t size);

// Writes the history to a file. Returns false, with errno set, if that fails.
bool history_write(const struct history *history, FILE *file);

// Reads a file into an empty history. Returns 0, or the number of the first
// line that is not understood.
int history_read(struct history *history, FILE *file);

#endif
