// conflict: which steps matter to each other?
#ifndef CONFLICT_H
#define CONFLICT_H

#include "shared.h"

// What a step touches.
struct touch {
    enum deed deed;
    uint8_t size; // bytes of memory at `object`; if descriptors are opened: how
                  // many numbers from `second` on may be theirs
    uint64_t object, second;
};

// Whether the order of two steps of different threads can make a difference.
// When in doubt it can.
bool conflict_between(const struct touch *one, const struct touch *other);

// Whether steps that conflict, and were carried out in this order, may have
// been possible in the other order, too. A mutex can't be locked before the
// unlocking that the locking had to wait for.
bool conflict_is_race(const struct touch *first, const struct touch *second);

#endif
