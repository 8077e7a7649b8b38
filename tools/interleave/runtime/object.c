#include "object.h"

#include <stdlib.h>
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

static struct object *create(uint64_t address)
{
    struct object *object = calloc(1, sizeof *object);

    if (object == NULL || ++used > SLOTS / 2)
        run_end(FINDING_UNJUDGED, "more than %d mutexes and the like",
                SLOTS / 2);
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
    uint64_t key = object->address;

    memset(object, 0, sizeof *object);
    object->address = key;
    object->holder = NOBODY;
    return object;
}

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
