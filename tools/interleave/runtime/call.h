// call: a call on a descriptor, which may have to wait.
#ifndef CALL_H
#define CALL_H

#include "end.h"
#include "thread.h"

// What a call is about to do.
struct call {
    enum deed deed;
    int descriptor;
    uint64_t object; // of the step
    uint64_t second; // 0: the descriptor's
    uint64_t pc;
    // Whether it can be done now, with so many bytes.
    bool (*ready)(const struct end *end, size_t least);
    size_t least;
    int64_t patience; // nanoseconds; 0: it does not wait; FOR_EVER
};

// Waits for the calling thread's turn to carry out the call. Returns the end,
// and whether the call is ready (otherwise it must fail with EAGAIN); NULL, and
// errno is EBADF, if there is no such descriptor any more.
//
// The descriptor is looked up when the turn comes: until then, other threads
// may have closed it and opened another one with its number. But who was
// waiting already goes on waiting, as in Linux.
struct end *call_await(const struct call *call, bool *ready);

// The call is carried out. An end that was kept only for it goes.
void call_done(void);

// The descriptor is about to be closed: those who wait in a call keep the end.
void call_keep(int descriptor);

// The end in which the thread waits, or NULL.
const struct end *call_end(const struct thread *thread);

// How long a call may wait: not at all if the descriptor does not block.
int64_t call_patience(int descriptor, int64_t patience);

#endif
