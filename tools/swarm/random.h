// random: repeatable random numbers.
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

// Mixes the bits of a number so that neighbours have nothing in common: the
// output function of splitmix64 (Steele, Lea and Flood, "Fast Splittable
// Pseudorandom Number Generators", OOPSLA 2014).
uint64_t random_mix(uint64_t number);

// The next number of the sequence that *state is in, from 0 to limit - 1. The
// bias of the remainder is below 2^-40 for the small limits of swarm.
int random_below(uint64_t *state, int limit);

#endif
