// file: stdio on descriptors that are ours.
//
// A call of stdio holds the file's lock while it waits for input. Another
// thread that wants the file must then wait in the model, not in reality: it
// has the baton.
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// Waits for the file's lock, in a call of stdio at pc. Returns false, and there
// is nothing to leave, if the file is none of ours.
bool file_enter(FILE *file, uint64_t pc);
void file_leave(FILE *file);

#endif
