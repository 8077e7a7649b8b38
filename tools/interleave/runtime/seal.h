// seal: an outcome that was written by the runtime, and by nobody else.
//
// The program may write anywhere, also over its outcome. What it has hit by
// accident does not carry the right seal.
#ifndef SEAL_H
#define SEAL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../shared.h"

// FNV-1a (Fowler, Noll and Vo), by words.
static inline uint64_t seal_of(const struct outcome *outcome)
{
    const char *bytes = (const char *)outcome;
    uint64_t sum = UINT64_C(0xcbf29ce484222325), word;

    for (size_t i = 0; i < offsetof(struct outcome, seal); i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        sum = (sum ^ word) * UINT64_C(0x100000001b3);
    }
    return sum;
}

#endif
