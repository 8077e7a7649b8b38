#include "lifetime.h"

#include <string.h>

#include "baton.h"
#include "frames.h"
#include "heap.h"
#include "race.h"
#include "run.h"

// What stands in its memory when it is destroyed: if something else does, it
// was initialized anew, maybe by an initializer that only writes to memory.
static const uint32_t DESTROYED = 0xdeadc0de;

static volatile void *memory_of(const struct object *object)
{
    return (volatile void *)(uintptr_t)object->address;
}

// ---- who uses it ----

static bool waits_at(const struct thread *thread, const struct object *object)
{
    return !thread->finished && thread->waits_for == object->address &&
           !thread->woken;
}

// So many threads have begun to wait at a condition variable in this round or
// later; so many signals have come after it.
static int waiting_since(const struct object *object, uint32_t round)
{
    int count = 0;

    for (int i = 0; i < thread_count; i++)
        count += waits_at(thread_all[i], object) &&
                 thread_all[i]->waits_since >= round;
    return count;
}

static int signals_since(const struct object *object, uint32_t round)
{
    int count = 0;

    for (int i = 0; i < object->signals; i++)
        count += object->signal[i] > round;
    return count;
}

// Whether all who wait have a signal each, so that nobody is blocked: it may be
// destroyed (pthread_cond_destroy(3p)).
static bool is_settled(const struct object *object)
{
    for (int i = 0; i < thread_count; i++) {
        uint32_t round = thread_all[i]->waits_since;

        if (waits_at(thread_all[i], object) &&
            waiting_since(object, round) > signals_since(object, round))
            return false;
    }
    return true;
}

// They go on, whatever becomes of it now.
static void settle(struct object *object)
{
    for (int i = 0; i < thread_count; i++)
        if (waits_at(thread_all[i], object))
            thread_all[i]->woken = true;
    object->signals = 0;
}

static bool is_blocked_at(const struct thread *thread,
                          const struct object *object)
{
    if (thread->finished || thread == thread_self)
        return false;
    if (thread->waits_for != 0)
        return waits_at(thread, object) && !is_settled(object);
    return thread->op.object == object->address && thread->op.enabled != NULL &&
           !thread->op.enabled(thread);
}

// Who waits for it, or NULL.
static const struct thread *waiter_of(const struct object *object)
{
    for (int i = 0; i < thread_count; i++)
        if (is_blocked_at(thread_all[i], object))
            return thread_all[i];
    return NULL;
}

// Ends the run if somebody uses it. `does` is what the caller does to it.
static void refuse_in_use(const struct object *object, const char *does,
                          uint64_t pc)
{
    const char *self = thread_self->name;

    if (object->holder != NOBODY)
        object_misuse(object, pc, "%s %s while %s holds it (since {where})",
                      self, does, thread_all[object->holder]->name);
    if (object->readers > 0)
        object_misuse(object, pc, "%s %s while somebody reads under it", self,
                      does);
    const struct thread *waiter = waiter_of(object);
    if (waiter != NULL)
        object_misuse(object, pc, "%s %s while %s waits for it", self, does,
                      waiter->name);
}

// A scheduling point, once there are others who could notice.
static void point(enum deed deed, const struct object *object, uint64_t pc)
{
    if (thread_count > 1)
        baton_point(
            (struct op){.deed = deed, .object = object->address, .pc = pc});
}

// ---- its beginning ----

// Two variables of one function never share their memory (cc.c), but one in a
// loop is a new one each time.
static bool may_be_another(const struct object *object, uint64_t pc)
{
    return object->on_stack && (!object->made || object->born == pc);
}

static void refuse_again(struct object *object, uint64_t pc)
{
    if (!object->sync || object->destroyed || object->gone ||
        may_be_another(object, pc))
        return;
    object->where = object->born;
    object_misuse(
        object, pc,
        object->made ? "%s initializes {object} again: it was initialized at "
                       "{where}, and not destroyed since"
                     : "%s initializes {object}, which is in use since {where}",
        thread_self->name);
}

struct object *lifetime_begin(volatile void *memory, uint64_t pc)
{
    struct object *object = object_at(memory);

    if (run_is_over)
        return object;
    point(DEED_MAKE, object, pc);
    if (object->sync && !object->gone) {
        refuse_in_use(object, "initializes {object}", pc);
        refuse_again(object, pc);
        settle(object);
    }
    object = object_renew(memory);
    object->sync = object->made = object->typed = true;
    object->born = pc;
    frames_add(object);
    return object;
}

// ---- its use ----

static bool is_gone(const struct object *object)
{
    uint32_t mark;

    if (!object->destroyed)
        return false;
    memcpy(&mark, (const void *)memory_of(object), sizeof mark);
    return mark == DESTROYED;
}

static void refuse_freed(const struct object *object, uint64_t pc)
{
    uint64_t where;
    int by;

    if (!heap_was_freed(object->address, &by, &where))
        return;
    run_shared->outcome.object = object->address;
    run_shared->outcome.where = where;
    run_shared->outcome.pc = pc;
    run_end(FINDING_CRASH,
            "use after free: %s uses {object}, whose memory %s has freed at "
            "{where}",
            thread_self->name, thread_all[by]->name);
}

void lifetime_check(struct object *object, uint64_t pc)
{
    if (run_is_over)
        return;
    refuse_freed(object, pc);
    if (is_gone(object))
        object_misuse(object, pc,
                      "%s uses {object}, which was destroyed at {where}",
                      thread_self->name);
    frames_check(object->address, "uses", pc);
}

// Fresh memory from malloc, and nothing has been written there.
static void refuse_raw(const struct object *object, uint64_t pc)
{
    enum { LEAST = 4 }; // bytes of the smallest

    if (heap_is_raw(object->address) &&
        !race_was_written(object->address, LEAST))
        object_misuse(object, pc,
                      "%s uses {object}, which has never been initialized: "
                      "malloc gives any bytes",
                      thread_self->name);
}

struct object *lifetime_use(volatile void *memory, uint64_t pc)
{
    struct object *object = object_at(memory);

    if (run_is_over)
        return object;
    lifetime_check(object, pc);
    if (object->destroyed || object->gone)
        object_renew(memory);
    if (!object->sync) {
        refuse_raw(object, pc);
        object->sync = true;
        object->born = pc;
        frames_add(object);
    }
    return object;
}

void lifetime_point(struct op op)
{
    baton_point(op);
    if (!run_is_over)
        lifetime_check(object_find(op.object), op.pc);
}

// ---- its end ----

void lifetime_end(volatile void *memory, uint64_t pc)
{
    struct object *object = lifetime_use(memory, pc);

    if (run_is_over)
        return;
    point(DEED_DESTROY, object, pc);
    lifetime_check(object, pc);
    refuse_in_use(object, "destroys {object}", pc);
    settle(object);
    object->destroyed = true;
    object->made = false;
    object->where = pc;
    memcpy((void *)memory, &DESTROYED, sizeof DESTROYED);
}

static void end_with_memory(struct object *object, uint64_t pc)
{
    if (!object->sync || object->destroyed || object->gone)
        return;
    point(DEED_DESTROY, object, pc);
    refuse_in_use(object, "frees the memory of {object}", pc);
    settle(object);
}

void lifetime_free(uint64_t address, uint64_t size, uint64_t pc)
{
    object_each(address, size, end_with_memory, pc);
}

void lifetime_leave(struct object *object, bool last, uint64_t pc)
{
    if (!object->destroyed && !last)
        refuse_in_use(
            object, "returns from the function whose variable {object} is", pc);
    settle(object);
    object->gone = true;
    object->made = object->typed = false;
}
