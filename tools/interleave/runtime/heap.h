// heap: memory from malloc, so that its misuse is seen.
#ifndef HEAP_H
#define HEAP_H

#include <stdbool.h>
#include <stdint.h>

// Ends the run if these bytes belong to memory that was freed.
void heap_check(uint64_t address, int size, bool writes, uint64_t pc);

#endif
