#include "guard.h"

#include "run.h"

// The Makefile puts the runtime's data into sections of their own; the linker
// defines where they begin and end.
extern char __start_interleave_bss[], __stop_interleave_bss[];
extern char __start_interleave_data[], __stop_interleave_data[];
extern char __start_interleave_text[], __stop_interleave_text[];

static bool overlaps(uint64_t address, uint64_t size, const void *first,
                     const void *end)
{
    return address < (uint64_t)(uintptr_t)end &&
           (uint64_t)(uintptr_t)first < address + size;
}

bool guard_covers(uint64_t address, uint64_t size)
{
    return overlaps(address, size, __start_interleave_bss,
                    __stop_interleave_bss) ||
           overlaps(address, size, __start_interleave_data,
                    __stop_interleave_data) ||
           overlaps(address, size, run_shared, run_shared + 1);
}

bool guard_is_static(uint64_t address)
{
    extern char _end[]; // as end(3), which a program may have for its own

    return address < (uint64_t)(uintptr_t)_end;
}

bool guard_is_code(uint64_t pc)
{
    return overlaps(pc, 1, __start_interleave_text, __stop_interleave_text);
}
