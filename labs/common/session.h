// session: what the box office answers to one client, line by line.
//
// No input or output happens here: a request line goes in, a reply line comes
// out. labs/PROTOCOL.md is the specification. A session belongs to one
// connection and so to one thread; the seats behind it (seats.h) are shared.
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>

#include "line.h"
#include "seats.h"

struct session {
    char name[NAME_SIZE]; // who books, "" until HELLO
    bool may_watch;       // the caller can send events (lab 10)
    bool watching;        // WATCH has been answered with OK
};

// A conversation starts without a name, and with a server that knows no events.
void session_init(struct session *session);

// Answers one line as line_next returned it: `status` is not LINE_NONE, and
// `request` is read only if status is LINE_READY. Writes the reply, without
// its line end, to `reply`. Returns false when this reply is the last one and
// the server is to close the connection.
bool session_answer(struct session *session, enum line_status status,
                    const char *request, char reply[LINE_SIZE]);

#endif
