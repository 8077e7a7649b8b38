// lobby: few workers serve many clients, each whenever it says something.
//
// A client that says nothing needs no thread. Its connection waits in a list of
// the kernel's (epoll(7)), until something comes; then a worker serves it,
// once, and lets it wait again. So 2,000 clients do with four threads, and four
// clients who say nothing keep nobody from being served.
//
// There is one lobby in the process. What must always hold, whoever calls what
// at the same time:
//   - a guest is served by one worker at a time, and each sees what the one
//     before has done;
//   - who has waited longest is served next;
//   - a thread that has nothing to do sleeps.
#ifndef LOBBY_H
#define LOBBY_H

#include <stdbool.h>

// Starts `workers` threads, 1 to WORKERS_LIMIT. They call `serve` with a guest
// from whose connection something can be read without waiting: bytes, end of
// file or an error. It returns whether the guest stays. If not, `part` is
// called, and then the connection is closed. Returns false, and says why
// through log_line, if there are not so many threads to be had. Call it once,
// first.
bool lobby_open(int workers, bool (*serve)(void *guest),
                void (*part)(void *guest));

// A guest has come, over this connection, which the lobby owns from now on.
// `guest` is the caller's, and not NULL. Returns false if the lobby is closing
// or has no room: then the connection is still the caller's.
bool lobby_enter(int connection, void *guest);

// Returns whether lobby_close has been called.
bool lobby_is_closing(void);

// Closes the lobby. From now on lobby_enter returns false. What clients have
// sent is read, then comes end of file, as if they had sent that. `patience`
// milliseconds after the call everybody who is left is cut off. Returns when
// all have parted. Call it once; the others may be called at the same
// time and afterwards.
void lobby_close(int patience);

#endif
