// heap: memory from malloc, so that its misuse is seen.
#ifndef HEAP_H
#define HEAP_H

#include <stdbool.h>
#include <stdint.h>

// Before the first run: takes the room for all of them.
bool heap_begin(void);

// Ends the run if these bytes belong to memory that was freed, or to none that
// malloc has returned.
void heap_check(uint64_t address, int size, bool writes, uint64_t pc);

// Whether the byte at that address is in memory that was freed: by which
// thread, and at which pc.
bool heap_was_freed(uint64_t address, int *by, uint64_t *where);

// Whether it is in memory whose bytes may be anything: from malloc, not calloc.
bool heap_is_raw(uint64_t address);

// How many blocks are still allocated, and how large they are in all; the code
// that has allocated the first.
int heap_left(uint64_t *first, uint64_t *bytes);

#endif
