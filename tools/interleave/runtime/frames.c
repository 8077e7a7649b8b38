#include "frames.h"

#include "guard.h"
#include "lifetime.h"
#include "run.h"

// The last thread that had it as its stack: memory of one that has ended is
// used again. NULL: it is on no stack.
static struct thread *owner_of(uint64_t address)
{
    for (int i = thread_count - 1; i >= 0; i--)
        if (thread_all[i]->low <= address && address < thread_all[i]->high)
            return thread_all[i];
    return NULL;
}

void frames_add(struct object *object)
{
    struct thread *owner = object->on_stack ? NULL : owner_of(object->address);

    if (owner == NULL)
        return;
    struct object **place = &owner->locals; // by their addresses
    while (*place != NULL && (*place)->address < object->address)
        place = &(*place)->next;
    object->on_stack = true;
    object->next = *place;
    *place = object;
}

void frames_leave(uint64_t end, bool last, uint64_t pc)
{
    struct thread *self = thread_self;

    while (self->locals != NULL && self->locals->address < end) {
        struct object *object = self->locals;

        self->locals = object->next;
        object->on_stack = false;
        lifetime_leave(object, last, pc);
    }
}

// Where the frames begin that a thread which waits for its turn is still in:
// its own functions have called the runtime.
static uint64_t frames_begin(const struct thread *thread)
{
    const uint64_t *frame = thread->parked;

    while (frame != NULL && guard_is_code(frame[1] - 1))
        frame = (const uint64_t *)(uintptr_t)frame[0];
    return (uint64_t)(uintptr_t)frame;
}

// The main thread's stack stays when it has ended by pthread_exit(3).
static bool is_gone(uint64_t address, const struct thread *owner)
{
    if (owner->finished)
        return owner->number > 0;
    return owner->parked != NULL && address < frames_begin(owner);
}

void frames_check(uint64_t address, const char *does, uint64_t pc)
{
    if (guard_is_static(address))
        return;
    const struct thread *owner = owner_of(address);
    if (owner == NULL || owner == thread_self || owner->is_client ||
        !is_gone(address, owner))
        return;
    run_shared->outcome.pc = pc;
    if (owner->finished || owner->returned)
        run_end(FINDING_MISUSE, "%s %s a local variable of %s, which has %s",
                thread_self->name, does, owner->name,
                owner->finished ? "ended" : "returned");
    run_end(FINDING_MISUSE,
            "%s %s a local variable of a function of %s's that has returned",
            thread_self->name, does, owner->name);
}
