// serve: one client's conversation, as lab 03 taught it.
#ifndef SERVE_H
#define SERVE_H

#include <stdbool.h>

#include "line.h"

// What is done with a line, as line_next returned it. Returns whether to go on.
typedef bool serve_answer(void *context, enum line_status status,
                          const char *request);

enum serve_status {
    SERVE_MORE,        // the conversation goes on
    SERVE_END_OF_FILE, // the client asks nothing more, and may still listen
    SERVE_DONE,        // `answer` has returned false
};

// Reads once from `connection` into the buffer, which was made empty before the
// first call, and calls `answer` for each line that is whole now, in order.
// Blocks if there is nothing to read. A client that is gone counts as one that
// has sent end of file; half a line before that is no request.
enum serve_status serve_once(int connection, struct line_buffer *buffer,
                             serve_answer *answer, void *context);

// Answers every request that comes over `connection`, until QUIT or until the
// client is gone. Returns true after the end of file: the client may still
// listen. Blocks; call it from a thread of its own to serve several clients at
// once. The caller keeps the connection and closes it.
bool serve_client(int connection);

#endif
