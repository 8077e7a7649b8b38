// watch: tells those who watch what happens to the seats.
//
// What must always hold, whoever comes, goes, books and does not read:
//   - a watcher gets every event from the moment on at which it began to watch,
//     each once; those of one seat in the order in which they happened;
//   - what happened before watch_reply was called comes before that reply;
//   - a line is never inside another one;
//   - nobody waits because a watcher does not read, but this client itself;
//   - a connection gets nothing once watch_end has returned.
#ifndef WATCH_H
#define WATCH_H

#include <stdbool.h>

#include "seat_events.h"

struct watcher;

// From now on the client of `connection` watches: it gets `reply`, and then the
// events. (No line end is in `reply`; here and below it is added.) The caller
// keeps the connection, but sends to it with watch_reply only. Returns NULL,
// and nothing has been sent, if there is no memory or thread to be had.
struct watcher *watch_begin(int connection, const char *reply);

// Sends the client a reply. May wait until the client reads. Returns false if
// it gets nothing more: it is gone, or it was too slow and has been told so.
bool watch_reply(struct watcher *watcher, const char *reply);

// Ends the watching and releases the watcher; events that have not been sent
// may be dropped. When it returns, nobody uses the connection. Returns true if
// the client may be sent something more; false as watch_reply.
bool watch_end(struct watcher *watcher);

// Tells all watchers, "EVENT SOLD 12 bob" or "EVENT FREE 12 bob": see
// seats_tell. Others wait meanwhile: this never waits for a client.
//
// A watcher that has not read for so long that too many events wait for it is
// given up: those that have not been sent are dropped, after the line that is
// being sent it gets one last line, "ERR too slow", and then its connection is
// shut down. That may take until it reads; meanwhile nobody else waits. How
// many are too many is decided in watch.c: at least 64, and not more than 64
// KiB for each watcher, beside what the kernel keeps.
void watch_tell(enum seat_event event, int seat, const char *name);

#endif
