// own_names: functions of the program's own that have names of the system's.
//
// POSIX reserves few names for a program that does not include a header, so it
// may have its own send() or accept(). Those get other names in the object
// files: neither is a call of them one of the system, nor do they come in the
// way of the runtime, which calls the system's.
#ifndef OWN_NAMES_H
#define OWN_NAMES_H

#include <stdbool.h>

// Writes to the file `output` which names are renamed in these objects: as in
// the file `names`, but for those that the objects define themselves. Returns
// false, after a sentence, if that cannot be done.
bool own_names_write(const char *const objects[], int count,
                     const char *runtime, const char *names,
                     const char *output);

#endif
