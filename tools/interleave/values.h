// values: what was read or written, as the program would write it.
#ifndef VALUES_H
#define VALUES_H

#include <elfutils/libdw.h>
#include <stddef.h>

#include "names.h"

// Writes the value of an access: `free`, 'x', "alice", true, 3.5, null,
// &seats[7]. `type` may be NULL; then it is shown as a number. A value that
// is too long to be known becomes "".
void values_write(const struct names *names, struct symbols *symbols,
                  const struct step *step, uint32_t when, Dwarf_Die *type,
                  char *text, size_t size);

#endif
