#include "state.h"

#include <link.h>
#include <stddef.h>
#include <unwind.h>

#include "guard.h"
#include "points.h"
#include "run.h"

enum { STACK_LIMIT = 1 << 16 }; // bytes: what is larger is not looked at

static uint64_t mix(uint64_t hash, uint64_t word)
{
    return (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15) + (hash >> 29);
}

static uint64_t mix_memory(uint64_t hash, uint64_t first, uint64_t end)
{
    for (uint64_t at = first; at + 8 <= end; at += 8)
        hash = mix(hash, *(const uint64_t *)(uintptr_t)at);
    return hash;
}

// ---- the thread's own variables ----

static uint64_t own_size; // of __thread variables, in bytes

static int find_size(struct dl_phdr_info *program, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    for (int i = 0; i < program->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &program->dlpi_phdr[i];

        if (part->p_type == PT_TLS)
            own_size =
                (part->p_memsz + part->p_align - 1) & ~(part->p_align - 1);
    }
    return 1; // the first one is the program itself
}

// Where they are: "ELF Handling For Thread-Local Storage", variants I and II.
static uint64_t own_begin(void)
{
    uint64_t pointer = (uint64_t)(uintptr_t)__builtin_thread_pointer();

    if (own_size == 0)
        dl_iterate_phdr(find_size, NULL);
#if defined(__aarch64__)
    return pointer + 16;
#else
    return pointer - own_size;
#endif
}

void state_know_own(void)
{
    thread_self->own_low = own_begin();
    thread_self->own_high = thread_self->own_low + own_size;
}

// ---- registers ----

struct frame_state {
    uint64_t hash, stack; // where its stack ends, growing downwards
    bool found;
};

// The registers that survive a call, by their numbers in DWARF.
static const int kept[] = {
#if defined(__aarch64__)
    19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 72, 73, 74, 75, 76, 77, 78, 79,
#else
    3, 6, 12, 13, 14, 15,
#endif
};

// The first frame that is not the runtime's.
static _Unwind_Reason_Code look_at_frame(struct _Unwind_Context *context,
                                         void *argument)
{
    struct frame_state *state = argument;
    uint64_t pc = _Unwind_GetIP(context);

    if (guard_is_code(pc - 1))
        return _URC_NO_REASON;
    state->hash = mix(state->hash, pc);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        state->hash = mix(state->hash, _Unwind_GetGR(context, kept[i]));
    state->stack = _Unwind_GetCFA(context);
    state->found = true;
    return _URC_END_OF_STACK;
}

// ---- all of it ----

uint64_t state_of_memory(uint64_t stack)
{
    uint64_t top = thread_self->top, own = own_begin();

    if (stack > top || top - stack > STACK_LIMIT)
        return 0;
    return mix_memory(mix_memory(1, stack & ~UINT64_C(7), top), own,
                      own + own_size) |
           1;
}

uint64_t state_of_thread(void)
{
    struct frame_state state = {.hash = 1};

    _Unwind_Backtrace(look_at_frame, &state);
    uint64_t memory = state.found ? state_of_memory(state.stack) : 0;
    return memory != 0 ? mix(state.hash, memory) | 1 : 0;
}

bool state_covers(uint64_t address)
{
    uint64_t own = own_begin();

    if (own <= address && address < own + own_size)
        return true;
    return thread_self->low <= address && address < thread_self->top &&
           !points_has(address, 1);
}
