// race: data races by happens-before (vector clocks), on the schedule that
// runs.
//
// Two accesses to the same bytes race if they come from two threads, at least
// one writes, not both are atomic, and nothing orders them (C11, 5.1.2.4). The
// clocks know what is ordered: Flanagan and Freund, "FastTrack", PLDI 2009; the
// cells for parts of a word are as in Serebryany and Iskhodzhanov,
// "ThreadSanitizer", WBIA 2009.
#ifndef RACE_H
#define RACE_H

#include "thread.h"

// The calling thread is about to access memory. Reports a race, or makes its
// place one whose accesses are scheduled from now on.
void race_access(uint64_t address, int size, bool writes, bool atomic,
                 uint64_t pc);

// Whether the program has written to any of these bytes in this run, as far as
// is known: when in doubt it has.
bool race_was_written(uint64_t address, int size);

#endif
