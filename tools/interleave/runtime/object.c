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

static struct object *create(uint64_t address)
{
    static struct object pool[SLOTS / 2];

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
    uint64_t key = object->address;

    memset(object, 0, sizeof *object);
    object->address = key;
    object->holder = NOBODY;
    return object;
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

// ---- the end of an object ----

// What stands in its memory then: if something else does, it was initialized
// anew, maybe by an initializer that only writes to memory.
static const uint32_t DESTROYED = 0xdeadc0de;

static bool is_gone(const struct object *object, const volatile void *memory)
{
    uint32_t mark;

    if (!object->destroyed)
        return false;
    memcpy(&mark, (const void *)memory, sizeof mark);
    return mark == DESTROYED;
}

struct object *object_use(volatile void *memory, uint64_t pc)
{
    struct object *object = object_at(memory);

    if (object->destroyed && !run_is_over) {
        if (is_gone(object, memory))
            object_misuse(object, pc,
                          "%s uses {object}, which was destroyed at {where}",
                          thread_self->name);
        object_renew(memory);
    }
    return object;
}

// Who waits for it, or NULL.
static const struct thread *waiter_of(const struct object *object)
{
    for (int i = 0; i < thread_count; i++) {
        const struct thread *thread = thread_all[i];

        if (thread->finished || thread == thread_self)
            continue;
        if (thread->waits_for == object->address && !thread->woken)
            return thread;
        if (thread->waits_for == 0 && thread->op.object == object->address &&
            thread->op.enabled != NULL && !thread->op.enabled(thread))
            return thread;
    }
    return NULL;
}

void object_destroy(volatile void *memory, uint64_t pc)
{
    struct object *object = object_use(memory, pc);
    const char *self;

    if (run_is_over)
        return;
    self = thread_self->name;
    if (object->holder != NOBODY)
        object_misuse(object, pc,
                      "%s destroys {object} while %s holds it (since {where})",
                      self, thread_all[object->holder]->name);
    if (object->readers > 0)
        object_misuse(object, pc,
                      "%s destroys {object} while somebody reads under it",
                      self);
    const struct thread *waiter = waiter_of(object);
    if (waiter != NULL)
        object_misuse(object, pc, "%s destroys {object} while %s waits for it",
                      self, waiter->name);
    object->destroyed = true;
    object->where = pc;
    memcpy((void *)memory, &DESTROYED, sizeof DESTROYED);
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
