// object_names: the symbols of an object file.
#ifndef OBJECT_NAMES_H
#define OBJECT_NAMES_H

#include <stdbool.h>

// Calls `see` for each symbol that the object in that file needs from others,
// or defines for others (`defined`). What cannot be read has none.
void object_names(const char *path,
                  void (*see)(const char *name, bool defined, void *more),
                  void *more);

#endif
