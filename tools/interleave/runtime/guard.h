// guard: the runtime's own memory, which the program must not touch.
#ifndef GUARD_H
#define GUARD_H

#include <stdbool.h>
#include <stdint.h>

// Whether any of these bytes belong to the runtime, or to what it shares with
// the tool.
bool guard_covers(uint64_t address, uint64_t size);

// Whether an address is in the program's code or static variables, which stay
// where they are.
bool guard_is_static(uint64_t address);

// Whether an address of code is the runtime's.
bool guard_is_code(uint64_t pc);

#endif
