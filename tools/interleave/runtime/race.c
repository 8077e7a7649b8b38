#include "race.h"

#include <string.h>

#include "held.h"
#include "points.h"
#include "run.h"

enum { CELLS = 6, WORDS = 1 << 16 };

// One access to some bytes of a word.
struct cell {
    uint64_t pc;
    uint32_t at;   // the thread's own clock then; 0: an empty cell
    uint32_t step; // how far the run was
    uint32_t stack;
    uint32_t held; // set of locks
    uint8_t thread;
    uint8_t mask; // which of the eight bytes
    bool writes, atomic;
};

// Eight bytes of memory.
static struct word {
    uint64_t key;  // address / 8; 0: unused
    uint32_t next; // the cell to give up when there is no room
    struct cell cell[CELLS];
} words[WORDS];

static struct word *word_at(uint64_t key)
{
    unsigned i = (unsigned)(key * UINT64_C(0x9e3779b97f4a7c15) >> 48);

    for (int tries = 0; tries < 64; tries++, i = (i + 1) % WORDS) {
        if (words[i].key == 0)
            words[i].key = key;
        if (words[i].key == key)
            return &words[i];
    }
    return NULL; // very many words: this one is not watched
}

static bool is_before(const struct cell *cell)
{
    return cell->at <= clock_get(&thread_self->clock, cell->thread);
}

// Memory of a stack is used again by the next thread.
static bool is_stale(const struct cell *cell, uint64_t address)
{
    for (int i = 0; i < thread_count; i++) {
        const struct thread *thread = thread_all[i];

        if (thread->low <= address && address < thread->high &&
            (thread->finished || cell->step < thread->born))
            return true;
    }
    return false;
}

static bool races(const struct cell *old, const struct cell *new,
                  uint64_t address)
{
    return old->at != 0 && old->thread != new->thread &&
           (old->mask & new->mask) != 0 && (old->writes || new->writes) &&
           !(old->atomic && new->atomic) && !is_before(old) &&
           !is_stale(old, address);
}

static struct access access_of(const struct cell *cell, uint64_t key)
{
    struct access access = {
        .pc = cell->pc,
        .address = (key << 3) + (uint64_t)__builtin_ctz(cell->mask),
        .stack = cell->stack,
        .thread = cell->thread,
        .size = (uint8_t)__builtin_popcount(cell->mask),
        .writes = cell->writes,
        .atomic = cell->atomic,
    };

    held_read(cell->held, access.locks,
              sizeof access.locks / sizeof access.locks[0]);
    return access;
}

static void report(const struct cell *old, const struct cell *new, uint64_t key)
{
    struct outcome *outcome = &run_shared->outcome;

    points_add(key);
    if (run_shared->order.ignore_races)
        return;
    outcome->first = access_of(old, key);
    outcome->second = access_of(new, key);
    outcome->pc = new->pc;
    outcome->object = outcome->second.address;
    run_end(FINDING_RACE, "data race");
}

// Where the new access is kept: in the place of an earlier one by the same
// thread to the same bytes, or of one that everything later is ordered after.
static struct cell *place_for(struct word *word, const struct cell *new)
{
    for (int i = 0; i < CELLS; i++) {
        struct cell *old = &word->cell[i];

        if (old->at == 0 ||
            (old->thread == new->thread && old->mask == new->mask &&
             old->writes == new->writes && old->atomic == new->atomic))
            return old;
    }
    return &word->cell[word->next++ % CELLS];
}

static void access_word(uint64_t key, const struct cell *new)
{
    struct word *word = word_at(key);

    if (word == NULL)
        return;
    for (int i = 0; i < CELLS; i++)
        if (races(&word->cell[i], new, key << 3))
            report(&word->cell[i], new, key);
    *place_for(word, new) = *new;
}

static uint8_t mask_of(uint64_t address, uint64_t end, uint64_t key)
{
    unsigned mask = 0;

    for (unsigned i = 0; i < 8; i++)
        if (address <= (key << 3) + i && (key << 3) + i < end)
            mask |= 1u << i;
    return (uint8_t)mask;
}

void race_access(uint64_t address, int size, bool writes, bool atomic,
                 uint64_t pc)
{
    struct thread *self = thread_self;
    struct cell cell = {
        .pc = pc,
        .at = clock_get(&self->clock, self->number),
        .step = run_shared->steps,
        .stack = self->stack,
        .held = held_set(self),
        .thread = (uint8_t)self->number,
        .writes = writes,
        .atomic = atomic,
    };
    uint64_t end = address + (uint64_t)size;

    for (uint64_t key = address >> 3; key <= (end - 1) >> 3; key++) {
        cell.mask = mask_of(address, end, key);
        access_word(key, &cell);
    }
}

bool race_was_written(uint64_t address, int size)
{
    uint64_t end = address + (uint64_t)size;

    for (uint64_t key = address >> 3; key <= (end - 1) >> 3; key++) {
        const struct word *word = word_at(key);

        if (word == NULL)
            return true;
        for (int i = 0; i < CELLS; i++)
            if (word->cell[i].at != 0 && word->cell[i].writes &&
                (word->cell[i].mask & mask_of(address, end, key)) != 0)
                return true;
    }
    return false;
}
