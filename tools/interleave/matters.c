#include "matters.h"

#include <stdlib.h>

#include "trace.h"

// What is known of four bytes, or of an object as a whole.
struct use {
    uint64_t key;       // 0: empty
    uint16_t thread[4]; // the first one that touched each byte, counts from 1
    uint8_t many;       // bits: bytes that others touched, too
    uint8_t written;
    uint16_t writer; // the only thread that wrote, counts from 1; MANY
    bool contended;  // creating threads does not order all that was done
    uint32_t last;   // step that wrote last
};

enum { MANY = UINT16_MAX, REACH = 20000 };

struct uses {
    struct use *use; // open addressing
    uint64_t size;   // a power of two
    uint64_t used;
    struct use none; // for what has no room
};

// Keys of objects are odd multiples, so that they meet no word's key.
static uint64_t object_key(uint64_t address)
{
    return address << 1 | 1;
}

static uint64_t word_key(uint64_t address)
{
    return address >> 2 << 1;
}

static struct use *use_of(struct uses *uses, uint64_t key)
{
    uint64_t i = (key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (uses->size - 1);

    while (uses->use[i].key != 0 && uses->use[i].key != key)
        i = (i + 1) & (uses->size - 1);
    if (uses->use[i].key == 0 && uses->used++ > uses->size / 4 * 3)
        return &uses->none;
    uses->use[i].key = key;
    return &uses->use[i];
}

static void touch(struct use *use, int byte, int thread, bool writes)
{
    if (use->thread[byte] == 0)
        use->thread[byte] = (uint16_t)(thread + 1);
    else if (use->thread[byte] != thread + 1)
        use->many |= (uint8_t)(1 << byte);
    if (writes)
        use->written |= (uint8_t)(1 << byte);
}

static void touch_bytes(struct uses *uses, const struct step *step,
                        uint32_t number)
{
    for (uint64_t i = 0; i < step->size; i++) {
        uint64_t address = step->object + i;
        struct use *use = use_of(uses, word_key(address));
        uint16_t self = (uint16_t)(step->thread + 1);

        touch(use, address % 4, step->thread, trace_writes(step));
        if (!trace_writes(step))
            continue;
        use->writer = use->writer == 0 || use->writer == self ? self : MANY;
        use->last = number;
    }
}

// What one thread wrote before it created the others is no conflict.
static void find_contended(const struct story *story, struct uses *uses)
{
    uint32_t born[THREADS_LIMIT] = {0};

    for (uint32_t i = 0; i < story->length; i++) {
        const struct step *step = &story->shared->trace[i];

        if (step->deed == DEED_CREATE && step->object < THREADS_LIMIT)
            born[step->object] = i;
        if (!trace_is_access(step))
            continue;
        for (uint64_t j = 0; j < step->size; j++) {
            struct use *use = use_of(uses, word_key(step->object + j));

            if (use->writer == MANY || (use->writer != step->thread + 1 &&
                                        born[step->thread] < use->last))
                use->contended = true;
        }
    }
}

static bool is_synchronisation(int deed)
{
    switch (deed) {
    case DEED_LOCK:
    case DEED_TRY_LOCK:
    case DEED_UNLOCK:
    case DEED_READ_LOCK:
    case DEED_READ_UNLOCK:
    case DEED_WAIT:
    case DEED_WAKE:
    case DEED_WAKE_EARLY:
    case DEED_SIGNAL:
    case DEED_BROADCAST:
    case DEED_ARRIVE:
    case DEED_LEAVE:
    case DEED_ACQUIRE:
    case DEED_RELEASE:
    case DEED_ONCE:
        return true;
    default:
        return false;
    }
}

static void touch_object(struct uses *uses, uint64_t object, int thread)
{
    touch(use_of(uses, object_key(object)), 0, thread, true);
}

// A block as a whole is one more object.
static void touch_block(const struct story *story, struct uses *uses,
                        const struct step *step)
{
    const struct block *block = names_block(story->names, step->object);

    if (block != NULL)
        touch_object(uses, block->address, step->thread);
}

// What a thread waits for in a deadlock matters, even if nobody else wants it.
static int who_waits(const struct shared *shared, int thread)
{
    return shared->outcome.finding == FINDING_DEADLOCK &&
                   !shared->fate[thread].finished
               ? THREADS_LIMIT
               : thread;
}

static void touch_all(const struct story *story, struct uses *uses)
{
    const struct shared *shared = story->shared;

    for (uint32_t i = 0; i < story->length; i++) {
        const struct step *step = &shared->trace[i];

        if (trace_is_access(step))
            touch_bytes(uses, step, i);
        if (trace_is_access(step) || step->deed == DEED_FREE)
            touch_block(story, uses, step);
        else if (is_synchronisation(step->deed))
            touch_object(uses, step->object, step->thread);
        if (step->deed == DEED_WAKE_EARLY) // as if somebody else had signalled
            touch_object(uses, step->object, THREADS_LIMIT);
    }
    for (uint32_t i = 0; i < shared->threads; i++)
        if (is_synchronisation(shared->fate[i].deed))
            touch_object(uses, shared->fate[i].object,
                         who_waits(shared, (int)i));
}

static bool are_shared(struct uses *uses, const struct step *step)
{
    for (uint64_t i = 0; i < step->size; i++) {
        uint64_t address = step->object + i;
        const struct use *use = use_of(uses, word_key(address));

        if (use->contended && use->many & use->written & 1 << address % 4)
            return true;
    }
    return false;
}

static bool matters(struct uses *uses, const struct step *step)
{
    if (trace_is_access(step))
        return are_shared(uses, step);
    if (is_synchronisation(step->deed) || step->deed == DEED_FREE)
        return use_of(uses, object_key(step->object))->many != 0;
    return step->deed == DEED_INPUT || step->deed == DEED_OUTPUT ||
           step->deed == DEED_SEND || step->deed == DEED_HANDLE;
}

static bool has_number(const struct step *step, uint32_t number)
{
    return (uint32_t)step->value == number || step->value >> 32 == number;
}

// A descriptor is closed, and another one gets its number.
static void mark_reuse(struct story *story, uint32_t closing)
{
    const struct step *trace = story->shared->trace;
    uint32_t number = (uint32_t)trace[closing].value;

    for (uint32_t i = closing + 1; i < story->length && i < closing + REACH;
         i++) {
        if (trace[i].deed == DEED_CLOSE && has_number(&trace[i], number))
            return;
        if (trace[i].deed == DEED_OPEN && has_number(&trace[i], number)) {
            story->flags[closing] |= STORY_MATTERS;
            story->flags[i] |= STORY_MATTERS;
            return;
        }
    }
}

// A free is preceded by writes that only the detectors see.
static void hide_writes(struct story *story, uint32_t number)
{
    const struct step *trace = story->shared->trace, *step = &trace[number];

    for (uint32_t i = number; i > 0; i--) {
        if (trace[i - 1].thread != step->thread)
            continue;
        if (trace[i - 1].deed != DEED_WRITE || trace[i - 1].pc != step->pc)
            return;
        story->flags[i - 1] &= (uint8_t)~STORY_MATTERS;
        story->flags[i - 1] |= STORY_UNSEEN;
    }
}

void matters_mark(struct story *story)
{
    struct uses uses = {.size = 1024};
    bool begun = false;

    while (uses.size < (uint64_t)story->length * 4)
        uses.size *= 2;
    uses.use = calloc(uses.size, sizeof *uses.use);
    if (uses.use == NULL)
        return;
    touch_all(story, &uses);
    find_contended(story, &uses);
    for (uint32_t i = 0; i < story->length; i++) {
        const struct step *step = &story->shared->trace[i];

        begun = begun || step->deed == DEED_CREATE;
        if (!begun && trace_is_access(step))
            story->flags[i] |= STORY_UNSEEN;
        else if (matters(&uses, step))
            story->flags[i] |= STORY_MATTERS;
        if (step->deed == DEED_MORE && i > 0)
            story->flags[i] |= story->flags[i - 1] & STORY_MATTERS;
        if (step->deed == DEED_FREE)
            hide_writes(story, i);
        if (begun && step->deed == DEED_CLOSE)
            mark_reuse(story, i);
    }
    free(uses.use);
}
