// trace: the steps of a run, as program->shared has them.
#ifndef TRACE_H
#define TRACE_H

#include <stdbool.h>

#include "shared.h"

// How many steps were recorded.
uint32_t trace_length(const struct shared *shared);

// Reads or writes memory.
bool trace_is_access(const struct step *step);
bool trace_writes(const struct step *step);

// Whether two accesses touch a common byte.
bool trace_overlap(const struct step *one, const struct step *other);

// What a thread is called; "?" if there is none of that number.
const char *trace_name(const struct shared *shared, uint64_t thread);

// What a written schedule calls a thread: by its name, or, if it shares that
// with another one or it is not one word, as if it had none: main, T1, T2.
void trace_write_name(const struct shared *shared, uint32_t thread,
                      char name[NAME_LIMIT]);

// Whether that is the thread which a written schedule calls so.
bool trace_is_called(const struct shared *shared, uint32_t thread,
                     const char *name);

#endif
