// blocks: the memory from malloc of a run, and what is in it.
#ifndef BLOCKS_H
#define BLOCKS_H

#include <elfutils/libdw.h>
#include <stdbool.h>

#include "shared.h"
#include "symbols.h"

struct block {
    uint64_t address, size;
    int number; // counts from 1
    bool typed; // it is known what is in it:
    Dwarf_Die type;
    const char *type_name; // "" or what the program calls the type
};

struct blocks;

// Collects the blocks of the trace. NULL: no memory.
struct blocks *blocks_open(const struct shared *shared,
                           struct symbols *symbols);
void blocks_close(struct blocks *blocks);

// The block that holds the address, or NULL.
const struct block *blocks_find(const struct blocks *blocks, uint64_t address);

// A pointer of that type points to the address: that tells what is there. Only
// what was not known before is learned.
void blocks_learn(struct blocks *blocks, uint64_t address, Dwarf_Die *pointer);

#endif
