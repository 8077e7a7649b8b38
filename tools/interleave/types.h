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

// The same, and what the program calls it: "node" for struct node and for a
// typedef of that name; "" if it has no name.
bool types_named(Dwarf_Die *die, Dwarf_Die *type, const char **name);

// Bytes; 0 if that is not known.
uint64_t types_size(Dwarf_Die *type);

// Whether it is an array of char.
bool types_is_text(Dwarf_Die *type);

// Writes which part of a value of the type is touched by an access of `bytes`
// at that offset: "[7].holder", the smallest part that has them all. *type
// becomes the part's. A string is one part, unless a single byte is touched. 0
// bytes stand for a mutex or the like, whose own fields are nobody's business.
void types_part(Dwarf_Die *type, uint64_t offset, uint64_t bytes, char *text,
                size_t size);

#endif
