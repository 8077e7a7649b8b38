// telling: sentences about a history, put together piece by piece.
#ifndef TELLING_H
#define TELLING_H

#include "history.h"

enum { STORY_SIZE = 400 };

struct scene {
    char *story; // what is told so far
    const struct history *history;
};

// Adds to the story. What is too long for it is cut.
void tell(struct scene *scene, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// " (t=1.2 ms)", since the first request. A history without times has nothing
// to say of that.
void tell_moment(struct scene *scene, int64_t time);

// " (t=1.2 to 1.4 ms)": when, and, if it is not empty, with which request. A
// history without times has nothing to say of when.
void tell_time(struct scene *scene, const struct operation *operation,
               const char *request);

// "alice's BOOK 7 (t=1.2 to 1.4 ms)".
void tell_request(struct scene *scene, const struct operation *operation);

// " was answered 'OK 7'". Nothing, if there was no reply.
void tell_reply(struct scene *scene, const struct operation *operation);

#endif
