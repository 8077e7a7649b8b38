#include "conflict.h"

static bool only_looks(enum deed deed)
{
    return deed == DEED_READ || deed == DEED_ATOMIC_READ ||
           deed == DEED_START || deed == DEED_YIELD || deed == DEED_SLEEP;
}

static uint64_t size_of(const struct op *op)
{
    return op->size > 0 ? op->size : 1;
}

static bool overlaps(const struct op *one, const struct op *other)
{
    return one->object < other->object + size_of(other) &&
           other->object < one->object + size_of(one);
}

static bool is_transfer(enum deed deed)
{
    return deed >= DEED_INPUT && deed <= DEED_SHUT && deed != DEED_POLL;
}

bool conflict_between(const struct op *one, const struct op *other)
{
    // poll looks at many things at once.
    if (one->deed == DEED_POLL || other->deed == DEED_POLL)
        return is_transfer(one->deed) || is_transfer(other->deed);
    if (only_looks(one->deed) && only_looks(other->deed))
        return false;
    return overlaps(one, other) ||
           (one->second != 0 &&
            (one->second == other->object || one->second == other->second)) ||
           (other->second != 0 && other->second == one->object);
}
