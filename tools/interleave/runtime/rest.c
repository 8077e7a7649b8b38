#include "rest.h"

#include "condition.h"
#include "run.h"

enum { PATIENCE = 3 }; // so often time may pass for each thread

const struct thread *rest_of_clients(void)
{
    for (int i = 0; i < thread_count; i++)
        if (thread_all[i]->is_client && !thread_all[i]->finished)
            return thread_all[i];
    return NULL;
}

static bool waits_for_input(const struct thread *thread)
{
    return thread->op.deed == DEED_INPUT || thread->op.deed == DEED_ACCEPT ||
           thread->op.deed == DEED_POLL;
}

// A thread of the program that may well wait for what another one gets to do.
static bool may_wait(const struct thread *thread)
{
    switch (thread->op.deed) {
    case DEED_WAKE:
        return !condition_is_signalled(
            thread); // it does not wait for the mutex
    case DEED_ACQUIRE:
    case DEED_JOIN:
    case DEED_LEAVE:
    case DEED_SLEEP:
    case DEED_SIGWAIT: // for SIGTERM, which nobody sends
        return true;
    default:
        return waits_for_input(thread);
    }
}

bool rest_is_good(void)
{
    bool waits = false;

    if (run_shared->order.clients == 0 || rest_of_clients() != NULL)
        return false;
    for (int i = 0; i < thread_count; i++) {
        if (thread_all[i]->finished)
            continue;
        if (!may_wait(thread_all[i]))
            return false;
        waits = waits || waits_for_input(thread_all[i]);
    }
    return waits;
}

bool rest_is_for_ever(void)
{
    static int rounds;

    return rest_is_good() && ++rounds > PATIENCE * thread_count;
}

bool rest_came_too_soon(void)
{
    for (int i = 0; i < thread_count; i++)
        if (thread_all[i]->is_client &&
            (thread_all[i]->finished || thread_all[i]->op.deed != DEED_CONNECT))
            return false;
    return run_shared->order.clients > 0;
}
