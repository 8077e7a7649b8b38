// allocate: what malloc(3) and all others that allocate are made of.
#ifndef ALLOCATE_H
#define ALLOCATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Memory for the calling thread, allocated at pc; NULL: there is none left.
void *allocate(size_t size, size_t alignment, uint64_t pc);

// All of it is filled: none of its bytes may be anything.
void allocate_filled(const void *memory);

void allocate_free(void *memory, uint64_t pc);

// The size of memory that was allocated, also by the C library itself.
size_t allocate_size(const void *memory);

// Whether it comes from here, and not from the C library's own malloc.
bool allocate_is_ours(const void *memory);

#endif
