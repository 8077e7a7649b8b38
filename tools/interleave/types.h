// types: what the debug information says of types.
#ifndef TYPES_H
#define TYPES_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The type of a variable, a field or an array's elements, without typedefs and
// qualifiers. Returns false if it has none.
bool types_of(Dwarf_Die *die, Dwarf_Die *type);

// Bytes; 0 if that is not known.
uint64_t types_size(Dwarf_Die *type);

// Writes which part of a value of the type is at that offset: "[7].holder". A
// string counts as one part.
void types_part(Dwarf_Die *type, uint64_t offset, char *text, size_t size);

#endif
