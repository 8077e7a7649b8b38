// conversation: one blocking conversation with the server, before and after
// the swarm: what does the house look like?
#ifndef CONVERSATION_H
#define CONVERSATION_H

#include <netdb.h>
#include <stdbool.h>

#include "history.h"

// Looks up the server's addresses. If that is not possible, says why in one
// sentence and returns NULL. The caller frees the list (freeaddrinfo).
struct addrinfo *conversation_look_up(const char *host, const char *port);

// Only finds out whether somebody listens there. `server` is left at the
// address that answered. Returns false, having said why, if nobody does.
bool conversation_reach(const struct addrinfo **server, int timeout);

// Whether the server knows WATCH. Says so if it does not.
bool conversation_watch(const struct addrinfo *server, int timeout);

// Asks the server for its seats and their holders, and makes `history` a
// history that begins there. `server` is left at the address that answered.
// Returns false, having said why, if the server can't be reached, keeps silent
// for `timeout` seconds or does not speak the protocol.
bool conversation_begin(struct history *history, const struct addrinfo **server,
                        int timeout);

// The same questions when the swarm has gone, asked by a client of the name
// "auditor" and added to the history with times relative to `start` (monotonic
// clock, nanoseconds). Returns false if the server did not answer them all.
bool conversation_audit(struct history *history, const struct addrinfo *server,
                        int timeout, int64_t start);

// The monotonic clock in nanoseconds.
int64_t conversation_now(void);

#endif
