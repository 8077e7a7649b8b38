// units: what the parts of symbols share: the program's debug information, one
// unit for each source file that was compiled.
#ifndef UNITS_H
#define UNITS_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stdint.h>

#include "symbols.h"

// A global or static variable.
struct variable {
    uint64_t address, size; // thread-local: an offset
    bool is_local;          // to a thread
    const char *name;
    Dwarf_Die type;
};

struct symbols {
    Dwarf *dwarf;
    int file;
    struct variable *variable;
    int variables;
    struct known_place *known;   // see places.c
    const struct shared *shared; // the last run: where its threads are; or NULL
};

// The user's compilation unit behind *offset, which moves on. Returns false at
// the end.
bool units_next(Dwarf *dwarf, Dwarf_Off *offset, Dwarf_Die *unit);

// The unit, the function in it, to which an address of code belongs. Return
// false if there is none.
bool units_of(const struct symbols *symbols, uint64_t pc, Dwarf_Die *unit);
bool units_function(Dwarf_Die *unit, uint64_t pc, Dwarf_Die *function);

// The global or static variable that holds the address, or NULL; how far into
// it that is; and whose it is, if it is thread-local (-1: it is not).
const struct variable *units_variable(const struct symbols *symbols,
                                      uint64_t address, uint64_t *offset,
                                      int *owner);

// A path without its folders.
const char *units_base_name(const char *path);

#endif
