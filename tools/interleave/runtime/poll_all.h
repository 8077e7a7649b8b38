// poll_all: what poll and select share.
#ifndef POLL_ALL_H
#define POLL_ALL_H

#include <poll.h>
#include <stdint.h>

// As poll(2), called at pc; waits for so many nanoseconds, or FOR_EVER.
int poll_all(struct pollfd *items, nfds_t count, int64_t patience, uint64_t pc);

#endif
