#include "idle.h"

#include <string.h>

#include "allocate.h"
#include "guard.h"
#include "run.h"
#include "state.h"

// How many rounds make a thread stand back; a thread of which a written
// schedule says that it goes on may have a reason. How many are for ever.
enum { PATIENCE = 1, PATIENCE_WITH_TURN = 1000, FOR_EVER = 100 };

// So many looks without a change before the state is taken down first: at
// scheduling points, and at accesses that are none. Of these only what comes
// after very many counts at all.
enum { FIRST_LOOKS = 4, FIRST_READS = 1 << 10, READS = 1 << 12 };

enum { RENEWALS_LIMIT = 20 };

enum { WRITE_LIMIT = 64 }; // bytes that are compared

static uint32_t changes; // that any thread has made

// ---- writes ----

// What is about to be written over.
static struct {
    uint64_t address;
    size_t size;
    char before[WRITE_LIMIT];
} written;

// Memory that stays where it is as long as the program runs.
static bool is_lasting(uint64_t address)
{
    return guard_is_static(address) ||
           allocate_is_ours((const void *)(uintptr_t)address);
}

void idle_note_write(uint64_t address, uint64_t size)
{
    if (state_covers(address))
        return;
    if (size > WRITE_LIMIT || !is_lasting(address)) {
        changes++;
        return;
    }
    written.address = address;
    written.size = size;
    memcpy(written.before, (const void *)(uintptr_t)address, size);
}

void idle_settle(void)
{
    if (written.size > 0 &&
        memcmp(written.before, (const void *)(uintptr_t)written.address,
               written.size) != 0)
        changes++;
    written.size = 0;
}

// ---- rounds ----

// Everything is new to the thread once somebody has changed something.
static void forget(struct thread *thread)
{
    struct round *round = &thread->round;

    *round = (struct round){.since = changes};
}

// Few of many: each one of the first 16, then 8 in each power of two. If a
// thread comes round every n-th time, one of these is a multiple of it.
static bool is_time_to_compare(uint32_t times)
{
    uint32_t unit = 1;

    while (times / unit >= 16)
        unit *= 2;
    return times % unit == 0;
}

static void compare(struct round *round)
{
    if (round->state == 0 || round->state != state_of_thread())
        round->period = 0;
    else if (round->period == 0)
        round->period = round->times;
}

// The calling thread looks at something that has not changed. Its state is
// compared with an earlier one, which is renewed after 2, 4, 8 times as many
// looks: Brent, "An improved Monte Carlo factorization algorithm", BIT 20
// (1980), section 2.
static void look(uint64_t place, uint32_t first)
{
    struct round *round = &thread_self->round;

    if (round->since != changes)
        forget(thread_self);
    round->looks++;
    if (round->place == place && is_time_to_compare(++round->times))
        compare(round);
    if (round->period > 0 || round->looks < first << round->renewed)
        return;
    round->place = place;
    round->state = state_of_thread();
    round->renewed += round->renewed < RENEWALS_LIMIT;
    round->looks = round->times = 0;
}

static uint64_t place_of(uint64_t pc, uint64_t object, enum deed deed)
{
    return pc * 31 + object * 7 + (uint64_t)deed + 1;
}

void idle_note(struct thread *thread, bool changed)
{
    if (changed) {
        changes++;
        return;
    }
    look(place_of(thread->op.pc, thread->op.object, thread->op.deed),
         FIRST_LOOKS);
    if (thread->op.deed == DEED_TRY_LOCK)
        thread->round.tries = true;
}

// A lock is given back: who has tried in vain may try again.
static void note_release(const struct thread *thread)
{
    for (int i = 0; i < thread_count; i++)
        if (thread_all[i] != thread && thread_all[i]->round.tries)
            forget(thread_all[i]);
}

void idle_note_deed(struct thread *thread)
{
    thread->reads = 0;
    switch (thread->op.deed) {
    case DEED_WRITE:
    case DEED_ATOMIC_WRITE:
    case DEED_ATOMIC_UPDATE:
    case DEED_TRY_LOCK:
    case DEED_ACQUIRE:
    case DEED_INPUT:
    case DEED_OUTPUT:
    case DEED_ACCEPT:
    case DEED_CONNECT:
    case DEED_POLL:
    case DEED_JOIN:
        return;
    case DEED_UNLOCK:
    case DEED_READ_UNLOCK:
    case DEED_WAIT:
        note_release(thread);
        idle_note(thread, false);
        thread->round.releases = true;
        return;
    case DEED_READ:
    case DEED_ATOMIC_READ:
    case DEED_YIELD:
    case DEED_SLEEP:
    case DEED_LOCK:
    case DEED_READ_LOCK:
    case DEED_WAKE:
        idle_note(thread, false);
        return;
    default:
        idle_note(thread, true);
    }
}

bool idle_note_read(uint64_t address, uint64_t pc)
{
    struct thread *self = thread_self;

    if (idle_rounds(self) == 0 && ++self->reads < READS)
        return false;
    uint32_t before = idle_rounds(self);
    look(place_of(pc, address, DEED_READ), FIRST_READS);
    return idle_rounds(self) > before;
}

// ---- what comes of it ----

uint32_t idle_rounds(const struct thread *thread)
{
    const struct round *round = &thread->round;

    return round->since == changes && round->period > 0
               ? round->times / round->period
               : 0;
}

bool idle_is(const struct thread *thread)
{
    uint32_t patience = run_shared->order.strategy == STRATEGY_TURNS
                            ? PATIENCE_WITH_TURN
                            : PATIENCE;

    return idle_rounds(thread) >= patience &&
           !(thread->round.releases && thread->held_count > 0);
}

bool idle_is_for_ever(const struct thread *thread, bool alone)
{
    return idle_is(thread) && idle_rounds(thread) >= FOR_EVER &&
           (alone || !thread->round.tries);
}
