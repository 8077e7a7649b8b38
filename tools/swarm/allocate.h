// allocate: allocation that either works or ends swarm with a sentence. swarm
// is a client: a server must never do this (see labs/common).
#ifndef ALLOCATE_H
#define ALLOCATE_H

#include <stddef.h>

// Returns `count` zeroed elements of `size` bytes. The caller frees them.
void *allocate_array(size_t count, size_t size);

// Makes room for one more element in the array `elements`, which holds
// `count` elements of `size` bytes and has room for *capacity. Returns the
// array, which may have moved.
void *allocate_room(void *elements, int count, int *capacity, size_t size);

// Says that there is no memory left and exits with status 3.
_Noreturn void allocate_failed(void);

#endif
