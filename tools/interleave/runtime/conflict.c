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

bool conflict_between(const struct op *one, const struct op *other)
{
    if (only_looks(one->deed) && only_looks(other->deed))
        return false;
    return one->object < other->object + size_of(other) &&
           other->object < one->object + size_of(one);
}
