// C11 atomics: the compiler calls these instead of using instructions.
//
// Every one is a scheduling point. Values are sequentially consistent, since
// one thread runs at a time; what orders other accesses follows the memory
// order that the program asks for (C11, 5.1.2.4 and 7.17.3): a weaker one than
// needed shows as a data race.
#include "atomic.h"

#include "baton.h"
#include "heap.h"
#include "idle.h"
#include "object.h"
#include "race.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool acquires(int order)
{
    return order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME ||
           order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

static bool releases(int order)
{
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL ||
           order == __ATOMIC_SEQ_CST;
}

void atomic_arrive(const volatile void *address, size_t size, enum deed deed,
                   uint64_t pc)
{
    if (run_is_over)
        return;
    uint64_t where = (uint64_t)(uintptr_t)address;

    baton_point((struct op){
        .deed = deed, .size = (uint8_t)size, .object = where, .pc = pc});
    thread_self->pc = pc;
    heap_check(where, (int)size, deed != DEED_ATOMIC_READ, pc);
    race_access(where, (int)size, deed != DEED_ATOMIC_READ, true, pc);
}

// What is seen of weaker ones is what sequential consistency allows.
static void note_order(int order)
{
    if (order != __ATOMIC_SEQ_CST)
        run_shared->known.weak = true;
}

void atomic_learn(const volatile void *address, int order)
{
    if (run_is_over)
        return;
    note_order(order);
    const struct object *object = object_at(address);

    if (acquires(order))
        clock_join(&thread_self->clock, &object->clock);
    else
        clock_join(&thread_self->pending, &object->clock);
}

void atomic_tell(const volatile void *address, int order, bool update)
{
    if (run_is_over)
        return;
    note_order(order);
    struct object *object = object_at(address);

    if (!update)
        object->clock.threads = 0;
    clock_join(&object->clock,
               releases(order) ? &thread_self->clock : &thread_self->fenced);
    thread_tick();
}

void atomic_note(bool changed)
{
    if (!run_is_over)
        idle_note(thread_self, changed);
}

#define ATOMIC(bits, type)                                                     \
    type __tsan_atomic##bits##_load(const volatile type *address, int order)   \
    {                                                                          \
        atomic_arrive(address, bits / 8, DEED_ATOMIC_READ, CALLER);            \
        atomic_learn(address, order);                                          \
        return __atomic_load_n(address, __ATOMIC_SEQ_CST);                     \
    }                                                                          \
    void __tsan_atomic##bits##_store(volatile type *address, type value,       \
                                     int order)                                \
    {                                                                          \
        atomic_arrive(address, bits / 8, DEED_ATOMIC_WRITE, CALLER);           \
        atomic_tell(address, order, false);                                    \
        atomic_note(*address != value);                                        \
        __atomic_store_n(address, value, __ATOMIC_SEQ_CST);                    \
    }                                                                          \
    UPDATE(bits, type, exchange, __atomic_exchange_n)                          \
    UPDATE(bits, type, fetch_add, __atomic_fetch_add)                          \
    UPDATE(bits, type, fetch_sub, __atomic_fetch_sub)                          \
    UPDATE(bits, type, fetch_and, __atomic_fetch_and)                          \
    UPDATE(bits, type, fetch_or, __atomic_fetch_or)                            \
    UPDATE(bits, type, fetch_xor, __atomic_fetch_xor)                          \
    UPDATE(bits, type, fetch_nand, __atomic_fetch_nand)                        \
    static bool compare##bits(volatile type *address, type *expected,          \
                              type value, int order, int failure, uint64_t pc) \
    {                                                                          \
        atomic_arrive(address, bits / 8, DEED_ATOMIC_UPDATE, pc);              \
        bool done =                                                            \
            __atomic_compare_exchange_n(address, expected, value, false,       \
                                        __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);   \
        atomic_learn(address, done ? order : failure);                         \
        if (done)                                                              \
            atomic_tell(address, order, true);                                 \
        atomic_note(done);                                                     \
        return done;                                                           \
    }                                                                          \
    int __tsan_atomic##bits##_compare_exchange_strong(                         \
        volatile type *address, type *expected, type value, int order,         \
        int failure)                                                           \
    {                                                                          \
        return compare##bits(address, expected, value, order, failure,         \
                             CALLER);                                          \
    }                                                                          \
    int __tsan_atomic##bits##_compare_exchange_weak(                           \
        volatile type *address, type *expected, type value, int order,         \
        int failure)                                                           \
    {                                                                          \
        return compare##bits(address, expected, value, order, failure,         \
                             CALLER);                                          \
    }                                                                          \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *address,    \
                                                    type expected, type value, \
                                                    int order, int failure)    \
    {                                                                          \
        compare##bits(address, &expected, value, order, failure, CALLER);      \
        return expected;                                                       \
    }

#define UPDATE(bits, type, name, builtin)                                 \
    type __tsan_atomic##bits##_##name(volatile type *address, type value, \
                                      int order)                          \
    {                                                                     \
        atomic_arrive(address, bits / 8, DEED_ATOMIC_UPDATE, CALLER);     \
        atomic_learn(address, order);                                     \
        atomic_tell(address, order, true);                                \
        type before = builtin(address, value, __ATOMIC_SEQ_CST);          \
        atomic_note(before != *address);                                  \
        return before;                                                    \
    }

ATOMIC(8, uint8_t)
ATOMIC(16, uint16_t)
ATOMIC(32, uint32_t)
ATOMIC(64, uint64_t)

void __tsan_atomic_thread_fence(int order)
{
    if (run_is_over)
        return;
    if (acquires(order))
        clock_join(&thread_self->clock, &thread_self->pending);
    if (releases(order)) {
        clock_copy(&thread_self->fenced, &thread_self->clock);
        thread_tick();
    }
}

void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}
