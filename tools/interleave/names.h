// names: what the program calls the memory that a run touched.
//
//     seats[7].holder     a variable, and which part of it
//     main's arguments[1] a variable on the stack of another thread
//     node#2.next         memory from malloc: its type if that is known, and
//                         which call of malloc it was
//     heap#3 + 8          if it is not known
#ifndef NAMES_H
#define NAMES_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stddef.h>

#include "blocks.h"
#include "shared.h"
#include "symbols.h"

struct names;

// Reads the trace. `shared` and `symbols` must live as long as the names; NULL:
// no memory.
struct names *names_open(const struct shared *shared, struct symbols *symbols);
void names_close(struct names *names);

// Who looks at what, and when: what a name depends on.
struct glance {
    int thread;       // its own variables need no "main's"
    uint32_t when;    // number of a step
    uint64_t address; // 0 bytes: a mutex or the like
    uint64_t bytes;
    bool whole; // a structure, not its first field
};

// Writes the name. Returns whether the type is known; then it is filled in.
bool names_write(const struct names *names, const struct glance *glance,
                 char *text, size_t size, Dwarf_Die *type);

// The memory from malloc that holds the address, or NULL.
const struct block *names_block(const struct names *names, uint64_t address);

#endif
