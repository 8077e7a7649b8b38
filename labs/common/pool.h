// pool: a fixed number of threads that serve connections out of a queue.
//
// There is one pool in the process. What must always hold, whoever calls what
// at the same time:
//   - each connection that was put in is served once, and closed;
//   - who has waited longest is served next;
//   - no more than `room` connections wait, and `workers` are served;
//   - a thread that has nothing to do sleeps.
#ifndef POOL_H
#define POOL_H

#include <stdbool.h>

enum { POOL_ROOM_LIMIT = 1024 };

// Starts `workers` threads, 1 to WORKERS_LIMIT, and a queue with `room` places,
// 1 to POOL_ROOM_LIMIT. Each thread takes a connection out of the queue, calls
// `serve` with it, and closes it. Returns false, and says why through log_line,
// if there are not so many threads to be had; the process should end then. Call
// it once, first.
bool pool_open(int workers, int room, void (*serve)(int connection));

// Puts a connection into the queue; the pool owns it then. Waits while the
// queue is full. Returns false if the pool is closing: then the connection is
// still the caller's.
bool pool_put(int connection);

// Returns whether pool_close has been called.
bool pool_is_closing(void);

// Closes the pool. From now on pool_put returns false, also to who waits there
// already (in which order they were waiting does not matter). What was put in
// before is served; but no client can keep the pool open. What they have sent
// is read, then comes end of file, as if they had sent that. And `patience`
// milliseconds after the call everybody who is left is cut off: who does not
// read, who goes on sending, and who waits for a worker behind those. Returns
// when all threads of the pool have ended. Call it once; pool_put and
// pool_is_closing may be called at the same time and afterwards.
void pool_close(int patience);

#endif
