// serve: one client's whole conversation, as lab 03 taught it.
#ifndef SERVE_H
#define SERVE_H

// Reads requests from `connection` and answers each, in order, until the
// client says QUIT, sends end of file, or is gone. A half line before the end
// of file is no request and gets no answer. The caller keeps the connection
// and closes it. Blocks; call it from a thread of its own to serve several
// clients at once.
void serve_client(int connection);

#endif
