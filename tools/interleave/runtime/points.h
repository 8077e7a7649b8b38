// points: which addresses are scheduled.
//
// It is enough to decide who goes on at each synchronisation and at each access
// that races: all other accesses are ordered by the former, so their order
// among threads makes no difference. Which addresses race is found out while
// running, and is remembered from run to run. (As in Flanagan and Godefroid's
// and in Musuvathi and Qadeer's tools: CHESS, OSDI 2008, section 4.)
#ifndef POINTS_H
#define POINTS_H

#include <stdbool.h>
#include <stdint.h>

// From the next run on, accesses to this word (address / 8) are scheduled.
void points_add(uint64_t key);

// Whether accesses to any of these bytes are scheduled in this run.
bool points_has(uint64_t address, int size);

#endif
