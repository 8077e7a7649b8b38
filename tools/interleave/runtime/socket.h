// socket: what clients need of sockets.
#ifndef SOCKET_H
#define SOCKET_H

#include "end.h"

// Connects a fresh end with a listener that has room for it.
void socket_connect(struct end *end, struct end *listener);

#endif
