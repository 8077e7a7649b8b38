// watcher: one client that says WATCH and listens, driven by events like a
// client. It asks now and then, hears so many events, and leaves. A stuck one
// does not read until it is told that the others are done.
#ifndef WATCHER_H
#define WATCHER_H

#include <netdb.h>
#include <stdbool.h>

#include "history.h"
#include "line.h"

enum watcher_state {
    WATCHER_NOWHERE,    // has no connection
    WATCHER_CONNECTING, // until the connection is there
    WATCHER_GREETING,   // has said HELLO
    WATCHER_JOINING,    // has said WATCH
    WATCHER_LISTENING,
    WATCHER_STUCK,   // does not read
    WATCHER_LEAVING, // has said QUIT
    WATCHER_GONE,    // done, in the proper way
    WATCHER_DROPPED, // was too slow
    WATCHER_CUT_OFF, // the server closed the connection, or it failed
    WATCHER_TURNED_AWAY,
};

struct watcher {
    enum watcher_state state;
    int socket; // -1 when it is closed
    bool stuck;
    uint64_t random; // the state of its random numbers
    int seats;       // of the house

    // Of this visit:
    int name;        // of the history, or a number below NOBODY: it has none
    const char *say; // the name that it says, or NULL
    int patience;    // events that it still wants to hear
    int holds;       // the seat that it has booked, or 0
    bool asking;     // waits for a reply
    bool last;       // has made its last request
    bool closing;    // has heard that the server ends
    bool too_slow;   // has heard that it is
    struct operation operation; // the current request
    struct listener listener;
    int64_t clock; // the time of the last line: no two have the same
    struct line_buffer lines;
};

// What came of reading.
enum watcher_news {
    WATCHER_NOTHING, // no whole line
    WATCHER_LINE,    // one that is noted, or ends the visit
    WATCHER_REPLY,   // the operation is complete
    WATCHER_STRAY,   // a line that must not be
};

// Begins a visit: starts to connect. Returns false if that fails at once.
bool watcher_connect(struct watcher *watcher, const struct addrinfo *server);

// The connection is there: says HELLO if it has a name, or WATCH.
void watcher_greet(struct watcher *watcher, int64_t now);

// Reads once what there is; then watcher_next takes the lines, one by one.
// There must be none left from before.
void watcher_read(struct watcher *watcher);
enum watcher_news watcher_next(struct watcher *watcher,
                               const struct history *history, int64_t now,
                               char line[LINE_SIZE]);

// The connection has ended, or was reset, or does not answer.
void watcher_lose(struct watcher *watcher, bool reset);

// Asks something if it wants to. `idle`: nothing has come for a while.
void watcher_go_on(struct watcher *watcher, int64_t now, bool idle);

// The clients are done: makes the last request, and leaves after its reply.
void watcher_finish(struct watcher *watcher, int64_t now);

// Whether it has a connection.
bool watcher_is_there(const struct watcher *watcher);

#endif
