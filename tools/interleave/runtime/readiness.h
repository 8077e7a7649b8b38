// readiness: what poll(2) would say of an end.
#ifndef READINESS_H
#define READINESS_H

#include "end.h"

// As tcp_poll, unix_poll and pipe_poll in Linux.
short readiness_of(const struct end *end);

#endif
