// random: repeatable random numbers, the same on every machine.
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

// The next number of the sequence that *state is in: splitmix64 (Steele, Lea
// and Flood, OOPSLA 2014).
static inline uint64_t random_next(uint64_t *state)
{
    uint64_t number = *state += UINT64_C(0x9e3779b97f4a7c15);

    number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
    return number ^ number >> 31;
}

// From 0 to limit - 1. The bias is below 2^-32 for small limits.
static inline int random_below(uint64_t *state, int limit)
{
    return (int)(random_next(state) % (uint64_t)limit);
}

#endif
