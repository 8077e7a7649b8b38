// The compiler's callbacks for plain accesses: -fsanitize=thread calls these
// before each load and store (compiler-rt/lib/tsan/rtl/tsan_interface.h).
#include "access.h"

#include "baton.h"
#include "frames.h"
#include "guard.h"
#include "heap.h"
#include "idle.h"
#include "points.h"
#include "race.h"
#include "run.h"
#include "turns.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

uint64_t access_count;

// On the stack of the calling thread: nobody's business, mostly.
static bool is_own(uint64_t address)
{
    return thread_self->low <= address && address < thread_self->high &&
           !points_has(address, 1);
}

// The runtime's own memory: a wild pointer, or an index out of bounds.
static void self_check(uint64_t address, int size, bool writes, uint64_t pc)
{
    thread_self->pc = pc;
    if (!guard_covers(address, (uint64_t)size))
        return;
    run_shared->outcome.pc = pc;
    run_end(FINDING_CRASH, "it %s memory at %p, where nothing of its own is",
            writes ? "writes" : "reads", (void *)(uintptr_t)address);
}

static void reach(uint64_t address, int size, bool writes, uint64_t pc)
{
    const struct op op = {.deed = writes ? DEED_WRITE : DEED_READ,
                          .size = (uint8_t)size,
                          .object = address,
                          .pc = pc};

    self_check(address, size, writes, pc);
    heap_check(address, size, writes, pc);
    bool is_private = is_own(address);
    if (!is_private)
        frames_check(address, writes ? "writes" : "reads", pc);
    if (!is_private && (turns_stops_at(&op) || points_has(address, size) ||
                        run_shared->order.every_access)) {
        baton_point(op);
        // It may be gone before it was this thread's turn.
        heap_check(address, size, writes, pc);
        frames_check(address, writes ? "writes" : "reads", pc);
    } else if (!is_private && !writes && idle_note_read(address, pc)) {
        baton_point(op);
    } else if (run_shared->order.record_all) {
        run_note(op.deed, address, size, pc);
    }
    race_access(address, size, writes, false, pc);
}

void access_memory(const volatile void *where, uint64_t size, bool writes,
                   uint64_t pc)
{
    uint64_t address = (uint64_t)(uintptr_t)where, all = size;

    if (run_is_over || size == 0)
        return;
    access_count++;
    run_see_value();
    idle_settle();
    for (; size > 64; size -= 64, address += 64)
        reach(address, 64, writes, pc);
    reach(address, (int)size, writes, pc);
    if (writes)
        idle_note_write((uint64_t)(uintptr_t)where, all);
}

#define ACCESS(size)                                 \
    void __tsan_read##size(void *address)            \
    {                                                \
        access_memory(address, size, false, CALLER); \
    }                                                \
    void __tsan_write##size(void *address)           \
    {                                                \
        access_memory(address, size, true, CALLER);  \
    }                                                \
    void __tsan_unaligned_read##size(void *address)  \
    {                                                \
        access_memory(address, size, false, CALLER); \
    }                                                \
    void __tsan_unaligned_write##size(void *address) \
    {                                                \
        access_memory(address, size, true, CALLER);  \
    }                                                \
    void __tsan_volatile_read##size(void *address)   \
    {                                                \
        access_memory(address, size, false, CALLER); \
    }                                                \
    void __tsan_volatile_write##size(void *address)  \
    {                                                \
        access_memory(address, size, true, CALLER);  \
    }                                                \
    void __tsan_read_write##size(void *address)      \
    {                                                \
        access_memory(address, size, false, CALLER); \
        access_memory(address, size, true, CALLER);  \
    }

ACCESS(1)
ACCESS(2)
ACCESS(4)
ACCESS(8)
ACCESS(16)

void __tsan_read_range(void *address, uint64_t size)
{
    access_memory(address, size, false, CALLER);
}

void __tsan_write_range(void *address, uint64_t size)
{
    access_memory(address, size, true, CALLER);
}

void __tsan_init(void)
{
}

void __tsan_vptr_update(void **address, void *value)
{
    (void)address;
    (void)value;
}

// ---- stacks ----

// The frame that is called at pc from `parent`: known ones are found again.
static uint32_t frame_of(uint32_t parent, uint64_t pc)
{
    static uint32_t slots[STACKS_LIMIT * 2]; // open addressing
    unsigned i =
        (unsigned)((pc * 31 + parent) * UINT64_C(0x9e3779b97f4a7c15) >> 32) %
        (STACKS_LIMIT * 2);

    for (; slots[i] != 0; i = (i + 1) % (STACKS_LIMIT * 2)) {
        const struct frame *frame = &run_shared->stack[slots[i]];

        if (frame->parent == parent && frame->pc == pc)
            return slots[i];
    }
    if (run_shared->stacks >= STACKS_LIMIT - 1)
        return parent;
    uint32_t number = ++run_shared->stacks;
    run_shared->stack[number] =
        (struct frame){pc, parent, run_shared->stack[parent].depth + 1};
    return slots[i] = number;
}

// Programs are built with frame pointers, so the frame that called this one is
// the function's own.
void __tsan_func_entry(void *caller)
{
    if (run_is_over)
        return;
    thread_self->stack =
        frame_of(thread_self->stack, (uint64_t)(uintptr_t)caller - 1);
    const struct op op = {.deed = DEED_ENTER, .pc = CALLER};
    if (turns_stops_at(&op))
        baton_point(op);
    if (run_shared->order.record_all)
        run_note_event(DEED_CALL, *(const uint64_t *)__builtin_frame_address(0),
                       0, CALLER);
}

// The first address behind the frame of the function that calls the runtime's,
// whose own frame this is.
static uint64_t end_of_caller(const uint64_t *frame)
{
#if defined(__x86_64__)
    return frame[0] + 16; // its return address lies there
#else
    return (
        (const uint64_t *)(uintptr_t)frame[0])[0]; // where its caller's begins
#endif
}

void __tsan_func_exit(void *caller)
{
    (void)caller;
    if (run_is_over)
        return;
    uint32_t parent = run_shared->stack[thread_self->stack].parent;

    if (thread_self->locals != NULL)
        frames_leave(end_of_caller(__builtin_frame_address(0)),
                     thread_self->number == 0 && parent == 0, CALLER);
    thread_self->stack = parent;
    run_note_event(DEED_RETURN, 0, 0, CALLER);
}
