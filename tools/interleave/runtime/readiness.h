// readiness: what poll(2) would say of an end.
#ifndef READINESS_H
#define READINESS_H

#include "end.h"

// As tcp_poll, unix_poll and pipe_poll in Linux.
short readiness_of(const struct end *end);

// The calling thread learns that there is something to read: it knows what came
// before it.
void readiness_learn(const struct end *end);

#endif
