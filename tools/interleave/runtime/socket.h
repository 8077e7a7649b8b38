// socket: what several files need of sockets.
#ifndef SOCKET_H
#define SOCKET_H

#include "end.h"

// A descriptor for an end (its placeholder gets SOCK_NONBLOCK and SOCK_CLOEXEC
// of the flags); -1 if there is none left.
int socket_open(struct end *end, int flags);

// Connects a fresh end with a listener that has room for it.
void socket_connect(struct end *end, struct end *listener);

#endif
