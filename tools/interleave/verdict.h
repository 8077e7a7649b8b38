// verdict: what swarm's judge says to what clients were told.
//
// A file of its own because swarm and interleave each have their own meaning of
// the word "outcome".
#ifndef VERDICT_H
#define VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A request and its reply, without line ends, or an event that a client was
// told of; times are steps of the run.
struct exchange {
    const char *client; // who, as it called itself; any name if it did not
    const char *request;
    const char *reply; // NULL: none came
    int64_t called, returned;
    bool unasked; // `request` is the event; it was heard when it was `called`
};

enum verdict_result { VERDICT_RIGHT, VERDICT_WRONG, VERDICT_IN_DOUBT };

// Judges the exchanges that concern seats. Unless it is right, `story` says why
// not.
enum verdict_result verdict_of(const struct exchange *exchange, int count,
                               char *story, size_t size);

#endif
