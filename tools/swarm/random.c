#include "random.h"

uint64_t random_mix(uint64_t number)
{
    number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
    return number ^ number >> 31;
}

int random_below(uint64_t *state, int limit)
{
    *state += UINT64_C(0x9e3779b97f4a7c15); // 2^64 over the golden ratio
    return (int)(random_mix(*state) % (uint64_t)limit);
}
