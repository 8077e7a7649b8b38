// states: a set of 64-bit hashes of states that the search has been in.
#ifndef STATES_H
#define STATES_H

#include <stdbool.h>
#include <stdint.h>

// A set of zeros is empty.
struct states {
    uint64_t *slot; // open addressing; 0 is an empty slot
    int count;
    int room; // a power of two
};

// Whether the set holds the hash. A hash of 0 is in no set.
bool states_has(const struct states *states, uint64_t hash);
void states_add(struct states *states, uint64_t hash);
void states_clear(struct states *states);
void states_release(struct states *states);

#endif
