#include "object.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "run.h"

enum { SLOTS = 1 << 15 };

static struct object *slot[SLOTS];
static int used;

static unsigned slot_of(uint64_t address)
{
    unsigned i =
        (unsigned)((address >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 49);

    while (slot[i] != NULL && slot[i]->address != address)
        i = (i + 1) % SLOTS;
    return i;
}

struct object *object_find(uint64_t address)
{
    return slot[slot_of(address)];
}

static struct object pool[SLOTS / 2];

static struct object *create(uint64_t address)
{
    if (used == SLOTS / 2)
        run_end(FINDING_UNJUDGED, "more than %d mutexes and the like",
                SLOTS / 2);
    struct object *object = &pool[used++];
    object->address = address;
    object->holder = NOBODY;
    return object;
}

struct object *object_at(const volatile void *address)
{
    uint64_t key = (uint64_t)(uintptr_t)address;
    struct object **place = &slot[slot_of(key)];

    if (*place == NULL)
        *place = create(key);
    return *place;
}

struct object *object_renew(const volatile void *address)
{
    struct object *object = object_at(address);
    const struct object old = *object;

    *object = (struct object){.address = old.address,
                              .holder = NOBODY,
                              .round = old.round,
                              .next = old.next,
                              .on_stack = old.on_stack};
    return object;
}

void object_each(uint64_t address, uint64_t size,
                 void (*look)(struct object *object, uint64_t pc), uint64_t pc)
{
    enum { APART = 4 }; // the smallest ones are an int

    if (size / APART >= (uint64_t)used) {
        for (int i = 0; i < used; i++)
            if (pool[i].address >= address && pool[i].address - address < size)
                look(&pool[i], pc);
        return;
    }
    for (uint64_t i = 0; i < size; i += APART) {
        struct object *object = object_find(address + i);

        if (object != NULL)
            look(object, pc);
    }
}

void object_misuse(const struct object *object, uint64_t pc, const char *text,
                   ...)
{
    char sentence[TEXT_LIMIT];
    va_list arguments;

    va_start(arguments, text);
    vsnprintf(sentence, sizeof sentence, text, arguments);
    va_end(arguments);
    run_shared->outcome.object = object->address;
    run_shared->outcome.where = object->where;
    run_shared->outcome.pc = pc;
    run_end(FINDING_MISUSE, "%s", sentence);
}

// ---- clocks and holders ----

void object_release(struct object *object)
{
    clock_join(&object->clock, &thread_self->clock);
    thread_tick();
}

void object_acquire(struct object *object)
{
    clock_join(&thread_self->clock, &object->clock);
}

void object_hold(struct object *object, uint64_t pc)
{
    struct thread *self = thread_self;

    object->holder = self->number;
    object->where = pc;
    if (self->held_count < HELD_LIMIT)
        self->held[self->held_count++] = object->address;
}

void object_let_go(struct object *object)
{
    struct thread *self = thread_self;

    object->holder = NOBODY;
    for (int i = self->held_count - 1; i >= 0; i--)
        if (self->held[i] == object->address) {
            self->held[i] = self->held[--self->held_count];
            return;
        }
}
