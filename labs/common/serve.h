// serve: one client's whole conversation, as lab 03 taught it.
#ifndef SERVE_H
#define SERVE_H

#include <stdbool.h>

#include "line.h"

// What is done with a line, as line_next returned it. Returns whether to go on.
typedef bool serve_answer(void *context, enum line_status status,
                          const char *request);

// Reads from `connection` and calls `answer` for each line, in order, until it
// returns false, the client sends end of file, or is gone. A half line before
// the end of file is no request. Returns true after the end of file: the client
// may still listen. Blocks; call it from a thread of its own to serve several
// clients at once.
bool serve_lines(int connection, serve_answer *answer, void *context);

// Answers every request that comes over `connection`, until QUIT. Otherwise as
// serve_lines. The caller keeps the connection and closes it.
bool serve_client(int connection);

#endif
