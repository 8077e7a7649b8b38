#include "conflict.h"

#include "end.h"

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

static bool is_transfer(const struct op *op)
{
    return op->deed >= DEED_INPUT && op->deed <= DEED_SHUT &&
           op->deed != DEED_POLL;
}

// poll looks at many connections; a listener that goes takes many with it.
static bool looks_everywhere(const struct op *op)
{
    return op->deed == DEED_POLL ||
           (op->deed == DEED_SHUT && op->object == end_doors_object());
}

bool conflict_between(const struct op *one, const struct op *other)
{
    if (looks_everywhere(one) || looks_everywhere(other))
        return is_transfer(one) || is_transfer(other);
    if (only_looks(one->deed) && only_looks(other->deed))
        return false;
    return overlaps(one, other) ||
           (one->second != 0 &&
            (one->second == other->object || one->second == other->second)) ||
           (other->second != 0 && other->second == one->object);
}
