#include "validate.h"

// Frames are made after those that call them.
static void validate_stacks(struct shared *shared)
{
    if (shared->stacks >= STACKS_LIMIT)
        shared->stacks = STACKS_LIMIT - 1;
    for (uint32_t i = 0; i <= shared->stacks; i++) {
        struct frame *frame = &shared->stack[i];

        if (frame->parent >= i)
            frame->parent = 0;
        if (frame->depth > i)
            frame->depth = i;
    }
}

static void validate_fates(struct shared *shared)
{
    if (shared->threads > THREADS_LIMIT)
        shared->threads = THREADS_LIMIT;
    for (uint32_t i = 0; i < shared->threads; i++) {
        struct fate *fate = &shared->fate[i];

        fate->name[NAME_LIMIT - 1] = '\0';
        if (fate->holder < -1 || fate->holder >= (int)shared->threads)
            fate->holder = -1;
        if (fate->stack > shared->stacks)
            fate->stack = 0;
    }
}

static void validate_trace(struct shared *shared)
{
    if (shared->steps > shared->order.steps + TRACE_LIMIT)
        shared->steps = 0;
    for (uint32_t i = 0; i < shared->steps && i < TRACE_LIMIT; i++) {
        struct step *step = &shared->trace[i];

        if (step->deed >= DEEDS)
            step->deed = DEED_YIELD;
        if (step->stack > shared->stacks)
            step->stack = 0;
    }
}

static void validate_outcome(struct shared *shared)
{
    struct outcome *outcome = &shared->outcome;

    outcome->text[TEXT_LIMIT - 1] = '\0';
    if (outcome->finding < FINDING_NONE || outcome->finding > FINDING_PAUSED)
        outcome->finding = FINDING_UNJUDGED;
    if (outcome->turn < -1 || outcome->turn >= (int)shared->order.turns)
        outcome->turn = -1;
    if (outcome->stack > shared->stacks)
        outcome->stack = 0;
}

void validate(struct shared *shared)
{
    if (shared->choices > THREADS_LIMIT)
        shared->choices = 0;
    if (shared->watched.count > POINTS_LIMIT)
        shared->watched.count = POINTS_LIMIT;
    if (shared->outcome.finding == FINDING_NONE && shared->outcome.turn == -1)
        return; // nobody looks at the rest
    validate_stacks(shared);
    validate_fates(shared);
    validate_trace(shared);
    validate_outcome(shared);
}
