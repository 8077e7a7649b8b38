// Atomics that the compiler leaves to libatomic: 16 bytes, and other sizes.
//
// One thread runs at a time, so plain copies do: nobody comes in between.
#include <string.h>

#include "atomic.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool compare(volatile void *memory, void *expected, const void *wanted,
                    size_t size, int order, int failure, uint64_t pc)
{
    atomic_arrive(memory, size, DEED_ATOMIC_UPDATE, pc);
    bool equal = memcmp((const void *)memory, expected, size) == 0;

    atomic_learn(memory, equal ? order : failure);
    if (equal) {
        atomic_tell(memory, order, true);
        memcpy((void *)memory, wanted, size);
    } else {
        memcpy(expected, (const void *)memory, size);
    }
    atomic_note(equal);
    return equal;
}

static void load(const volatile void *memory, void *result, size_t size,
                 int order, uint64_t pc)
{
    atomic_arrive(memory, size, DEED_ATOMIC_READ, pc);
    atomic_learn(memory, order);
    memcpy(result, (const void *)memory, size);
}

static void store(volatile void *memory, const void *value, size_t size,
                  int order, uint64_t pc)
{
    atomic_arrive(memory, size, DEED_ATOMIC_WRITE, pc);
    atomic_tell(memory, order, false);
    atomic_note(memcmp((const void *)memory, value, size) != 0);
    memcpy((void *)memory, value, size);
}

static void exchange(volatile void *memory, const void *value, void *result,
                     size_t size, int order, uint64_t pc)
{
    atomic_arrive(memory, size, DEED_ATOMIC_UPDATE, pc);
    atomic_learn(memory, order);
    atomic_tell(memory, order, true);
    atomic_note(memcmp((const void *)memory, value, size) != 0);
    memcpy(result, (const void *)memory, size);
    memcpy((void *)memory, value, size);
}

// ---- any size: GCC's libatomic, __atomic_load(size, ...) ----

void interleave___atomic_load(size_t size, const volatile void *memory,
                              void *result, int order)
{
    load(memory, result, size, order, CALLER);
}

void interleave___atomic_store(size_t size, volatile void *memory,
                               const void *value, int order)
{
    store(memory, value, size, order, CALLER);
}

void interleave___atomic_exchange(size_t size, volatile void *memory,
                                  const void *value, void *result, int order)
{
    exchange(memory, value, result, size, order, CALLER);
}

bool interleave___atomic_compare_exchange(size_t size, volatile void *memory,
                                          void *expected, const void *wanted,
                                          int order, int failure)
{
    return compare(memory, expected, wanted, size, order, failure, CALLER);
}

// ---- 16 bytes ----

typedef unsigned __int128 wide;

static wide update(volatile wide *memory, wide value,
                   wide (*combine)(wide one, wide other), int order,
                   uint64_t pc)
{
    wide before, after;

    atomic_arrive(memory, sizeof before, DEED_ATOMIC_UPDATE, pc);
    atomic_learn(memory, order);
    atomic_tell(memory, order, true);
    memcpy(&before, (const void *)memory, sizeof before);
    after = combine(before, value);
    memcpy((void *)memory, &after, sizeof after);
    atomic_note(before != after);
    return before;
}

#define COMBINE(name, expression)         \
    static wide do_##name(wide a, wide b) \
    {                                     \
        return expression;                \
    }
COMBINE(add, a + b)
COMBINE(sub, a - b)
COMBINE(and, a &b)
COMBINE(or, a | b)
COMBINE(xor, a ^ b)
COMBINE(nand, ~(a &b))

// By both names: the one that -fsanitize=thread uses, and libatomic's.
#define UPDATE(name)                                                      \
    wide __tsan_atomic128_fetch_##name(volatile wide *memory, wide value, \
                                       int order)                         \
    {                                                                     \
        return update(memory, value, do_##name, order, CALLER);           \
    }                                                                     \
    wide interleave___atomic_fetch_##name##_16(volatile wide *memory,     \
                                               wide value, int order)     \
    {                                                                     \
        return update(memory, value, do_##name, order, CALLER);           \
    }
UPDATE(add)
UPDATE(sub)
UPDATE(and)
UPDATE(or)
UPDATE(xor)
UPDATE(nand)

#define LOAD(name)                                           \
    wide name(const volatile wide *memory, int order)        \
    {                                                        \
        wide result;                                         \
                                                             \
        load(memory, &result, sizeof result, order, CALLER); \
        return result;                                       \
    }
LOAD(__tsan_atomic128_load)
LOAD(interleave___atomic_load_16)

#define STORE(name)                                         \
    void name(volatile wide *memory, wide value, int order) \
    {                                                       \
        store(memory, &value, sizeof value, order, CALLER); \
    }
STORE(__tsan_atomic128_store)
STORE(interleave___atomic_store_16)

#define EXCHANGE(name)                                                   \
    wide name(volatile wide *memory, wide value, int order)              \
    {                                                                    \
        wide result;                                                     \
                                                                         \
        exchange(memory, &value, &result, sizeof result, order, CALLER); \
        return result;                                                   \
    }
EXCHANGE(__tsan_atomic128_exchange)
EXCHANGE(interleave___atomic_exchange_16)

#define COMPARE(name)                                                       \
    int name(volatile wide *memory, wide *expected, wide wanted, int order, \
             int failure)                                                   \
    {                                                                       \
        return compare(memory, expected, &wanted, sizeof wanted, order,     \
                       failure, CALLER);                                    \
    }
COMPARE(__tsan_atomic128_compare_exchange_strong)
COMPARE(__tsan_atomic128_compare_exchange_weak)

bool interleave___atomic_compare_exchange_16(volatile wide *memory,
                                             wide *expected, wide wanted,
                                             int order, int failure)
{
    return compare(memory, expected, &wanted, sizeof wanted, order, failure,
                   CALLER);
}

wide __tsan_atomic128_compare_exchange_val(volatile wide *memory, wide expected,
                                           wide wanted, int order, int failure)
{
    compare(memory, &expected, &wanted, sizeof wanted, order, failure, CALLER);
    return expected;
}

// Plain accesses do not lock, and neither do these: the program may ask.
bool interleave___atomic_is_lock_free(size_t size, const volatile void *memory)
{
    (void)memory;
    return size <= 8 && (size & (size - 1)) == 0;
}
