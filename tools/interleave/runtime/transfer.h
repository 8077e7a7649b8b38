// transfer: reading from and writing to what is ours.
#ifndef TRANSFER_H
#define TRANSFER_H

#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

// As recv(2) and send(2), called at pc, for a descriptor that end_at knows.
ssize_t transfer_in(int descriptor, const struct iovec *parts, int count,
                    int flags, uint64_t pc);
ssize_t transfer_out(int descriptor, const struct iovec *parts, int count,
                     int flags, uint64_t pc);

#endif
