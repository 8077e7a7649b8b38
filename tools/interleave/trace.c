#include "trace.h"

uint32_t trace_length(const struct shared *shared)
{
    return shared->steps < TRACE_LIMIT ? shared->steps : TRACE_LIMIT;
}

bool trace_is_access(const struct step *step)
{
    return step->deed >= DEED_READ && step->deed <= DEED_ATOMIC_UPDATE;
}

bool trace_writes(const struct step *step)
{
    return step->deed == DEED_WRITE || step->deed == DEED_ATOMIC_WRITE ||
           step->deed == DEED_ATOMIC_UPDATE;
}

bool trace_overlap(const struct step *one, const struct step *other)
{
    return one->object < other->object + other->size &&
           other->object < one->object + one->size;
}

const char *trace_name(const struct shared *shared, uint64_t thread)
{
    return thread < shared->threads ? shared->fate[thread].name : "?";
}
