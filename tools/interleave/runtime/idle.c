#include "idle.h"

enum { PATIENCE = 3 }; // so often the same thing may be looked at in vain

static uint32_t changes; // that any thread has made

bool idle_is_known(enum deed deed)
{
    switch (deed) {
    case DEED_ATOMIC_UPDATE:
    case DEED_TRY_LOCK:
    case DEED_INPUT:
    case DEED_OUTPUT:
    case DEED_ACCEPT:
    case DEED_CONNECT:
    case DEED_POLL:
        return false;
    default:
        return true;
    }
}

static bool has_looked(struct thread *thread, uint64_t place)
{
    enum { ROOM = sizeof thread->looked / sizeof thread->looked[0] };

    for (int i = 0; i < ROOM; i++)
        if (thread->looked[i] == place)
            return true;
    for (int i = ROOM - 1; i > 0; i--)
        thread->looked[i] = thread->looked[i - 1];
    thread->looked[0] = place;
    return false;
}

void idle_note(struct thread *thread, bool changed)
{
    if (changed) {
        changes++;
        thread->idle = 0;
        return;
    }
    if (!has_looked(thread, thread->op.pc ^ thread->op.object << 1) ||
        thread->idle_since != changes)
        thread->idle = 0;
    else
        thread->idle++;
    thread->idle_since = changes;
}

bool idle_is(const struct thread *thread)
{
    return thread->idle >= PATIENCE && thread->idle_since == changes;
}
