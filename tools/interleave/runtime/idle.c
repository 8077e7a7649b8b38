#include "idle.h"

#include <string.h>

#include "run.h"

// So often the same thing may be looked at in vain; more often by a thread of
// which a written schedule says that it goes on: it may have a reason.
enum { PATIENCE = 3, PATIENCE_WITH_TURN = 1000 };

static uint32_t changes; // that any thread has made

void idle_note_write(void)
{
    changes++;
}

// Everything is new to the thread once somebody has changed something.
static void forget(struct thread *thread)
{
    memset(thread->looked, 0, sizeof thread->looked);
    thread->idle = 0;
    thread->idle_since = changes;
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
        forget(thread);
        return;
    }
    if (thread->idle_since != changes)
        forget(thread);
    if (has_looked(thread, thread->op.pc ^ thread->op.object << 1))
        thread->idle++;
    else
        thread->idle = 0;
}

void idle_note_deed(struct thread *thread)
{
    switch (thread->op.deed) {
    case DEED_ATOMIC_UPDATE:
    case DEED_TRY_LOCK:
    case DEED_ACQUIRE:
    case DEED_INPUT:
    case DEED_OUTPUT:
    case DEED_ACCEPT:
    case DEED_CONNECT:
    case DEED_POLL:
        return;
    case DEED_READ:
    case DEED_ATOMIC_READ:
    case DEED_YIELD:
    case DEED_SLEEP:
    case DEED_LOCK:
    case DEED_READ_LOCK:
    case DEED_UNLOCK:
    case DEED_READ_UNLOCK:
    case DEED_WAIT:
    case DEED_WAKE:
        idle_note(thread, false);
        return;
    default:
        idle_note(thread, true);
    }
}

bool idle_is(const struct thread *thread)
{
    uint32_t patience = run_shared->order.strategy == STRATEGY_TURNS
                            ? PATIENCE_WITH_TURN
                            : PATIENCE;

    return thread->idle >= patience && thread->idle_since == changes;
}
