// locals: variables on the stacks of threads.
#ifndef LOCALS_H
#define LOCALS_H

#include <elfutils/libdw.h>
#include <stdbool.h>

#include "shared.h"
#include "symbols.h"

struct locals;

// Finds out from the trace which functions were active when. NULL: no memory.
struct locals *locals_open(const struct shared *shared,
                           struct symbols *symbols);
void locals_close(struct locals *locals);

// Whose stack the address is in; -1: nobody's.
int locals_owner(const struct locals *locals, uint64_t address);

// The variable of a function that was active at that step of the trace, which
// holds the address: its name, its type, how far the address is from its
// beginning. Returns false if that is not known.
bool locals_find(const struct locals *locals, uint64_t address, uint32_t when,
                 const char **name, Dwarf_Die *type, uint64_t *offset);

#endif
