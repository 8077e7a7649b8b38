#include "heap.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "access.h"
#include "allocate.h"
#include "lifetime.h"
#include "run.h"

// Each thread takes from a room of its own, one block behind the other, so the
// addresses are the same in every schedule. Nothing is used again: a run is
// short, and so every access to freed memory is seen.
enum { BLOCKS = 1 << 16, GAP = 16 };

static const uint64_t ROOM = 64 << 20;

// In one run: more than this is no use to anybody, and others need memory, too.
static const uint64_t ALL_LIMIT = UINT64_C(2) << 30;

struct block {
    uint64_t address;
    uint64_t size;
    uint64_t made;  // pc
    uint64_t freed; // pc; 0: it is in use
    uint8_t freed_by;
    bool filled; // by calloc and the like
};

static char *base;
static uint64_t used[THREADS_LIMIT], used_in_all;
static struct block block_all[BLOCKS]; // in the order of allocation
static int blocks;

// The blocks of a room, by their addresses.
static struct room {
    int blocks, last; // looked for last
    int block[BLOCKS];
} room_all[THREADS_LIMIT];

bool heap_begin(void)
{
    base = mmap(NULL, ROOM * THREADS_LIMIT, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return base != MAP_FAILED;
}

static bool is_ours(uint64_t address)
{
    uint64_t first = (uint64_t)(uintptr_t)base;

    return base != NULL && address >= first &&
           address < first + ROOM * THREADS_LIMIT;
}

// ---- where is it? ----

static bool begins_before(const struct room *room, int i, uint64_t address)
{
    return i < room->blocks && block_all[room->block[i]].address <= address;
}

// The last block of the room that begins at the address or before; NULL: none.
static struct block *block_before(uint64_t address)
{
    struct room *room = &room_all[(address - (uint64_t)(uintptr_t)base) / ROOM];
    int low = 0, high = room->blocks;

    if (begins_before(room, room->last, address) &&
        !begins_before(room, room->last + 1, address))
        return &block_all[room->block[room->last]];
    while (low < high) {
        int middle = (low + high) / 2;

        if (begins_before(room, middle, address))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    room->last = low - 1;
    return &block_all[room->block[room->last]];
}

static struct block *block_at(const void *memory)
{
    uint64_t address = (uint64_t)(uintptr_t)memory;
    struct block *block = is_ours(address) ? block_before(address) : NULL;

    return block != NULL && block->address == address ? block : NULL;
}

static void remember(int thread, uint64_t address, size_t size, uint64_t pc)
{
    struct room *room = &room_all[thread];

    block_all[blocks] =
        (struct block){.address = address, .size = size, .made = pc};
    room->block[room->blocks++] = blocks++;
    run_note_event(DEED_ALLOCATE, address, size, pc);
}

// ---- what malloc and its kin are made of ----

void *allocate(size_t size, size_t alignment, uint64_t pc)
{
    if (run_is_over || thread_self == NULL)
        return alignment <= GAP ? malloc(size) : memalign(alignment, size);
    if (alignment < GAP)
        alignment = GAP;
    int thread = thread_self->number;
    uint64_t first = (uint64_t)(uintptr_t)base + (uint64_t)thread * ROOM;
    uint64_t address =
        (first + used[thread] + GAP + alignment - 1) & ~(alignment - 1);

    if (size > ALL_LIMIT || used_in_all + size > ALL_LIMIT) {
        errno = ENOMEM;
        return NULL;
    }
    used_in_all += size;
    if (blocks == BLOCKS || address - first > ROOM ||
        size + GAP > ROOM - (address - first))
        return alignment <= GAP ? malloc(size) : memalign(alignment, size);
    used[thread] = address + size - first;
    remember(thread, address, size, pc);
    return (void *)(uintptr_t)address;
}

size_t allocate_size(const void *memory)
{
    const struct block *block = block_at(memory);

    return block != NULL ? block->size : malloc_usable_size((void *)memory);
}

bool allocate_is_ours(const void *memory)
{
    return is_ours((uint64_t)(uintptr_t)memory);
}

void allocate_filled(const void *memory)
{
    struct block *block = block_at(memory);

    if (block != NULL)
        block->filled = true;
}

static noreturn void misuse(uint64_t pc, const struct block *block,
                            const char *text, const char *detail)
{
    run_shared->outcome.pc = pc;
    run_shared->outcome.where = block != NULL ? block->freed : 0;
    if (block != NULL && block->freed == 0)
        run_shared->outcome.where = block->made;
    run_end(FINDING_CRASH, text, detail);
}

static noreturn void double_free(uint64_t pc, const struct block *block)
{
    misuse(pc, block, "double free: %s had freed it at {where}",
           thread_all[block->freed_by]->name);
}

void allocate_free(void *memory, uint64_t pc)
{
    struct block *block = block_at(memory);

    if (!allocate_is_ours(memory)) {
        free(memory);
        return;
    }
    if (run_is_over)
        return;
    if (block == NULL)
        misuse(pc, NULL, "free of what malloc did not return%s", "");
    if (block->freed != 0)
        double_free(pc, block);
    lifetime_free(block->address, block->size, pc);
    // Nobody else may be using it: for the others that is like a write.
    thread_self->frees = true;
    access_memory(memory, block->size, true, pc);
    thread_self->frees = false;
    run_note_event(DEED_FREE, block->address, 0, pc);
    block->freed = pc;
    block->freed_by = (uint8_t)thread_self->number;
}

// ---- checks ----

void heap_check(uint64_t address, int size, bool writes, uint64_t pc)
{
    if (size == 0 || !is_ours(address))
        return;
    const struct block *block = block_before(address);
    const char *does = writes ? "writes" : "reads";

    run_shared->outcome.object = address;
    if (block == NULL)
        misuse(pc, NULL, "it %s memory that malloc did not return", does);
    if (address + (uint64_t)size > block->address + block->size)
        misuse(pc, block,
               "heap overflow: it %s behind the memory that was allocated at "
               "{where}",
               does);
    if (block->freed != 0 && thread_self->frees)
        double_free(pc, block);
    if (block->freed != 0) {
        char text[TEXT_LIMIT] = "use after free: it ";

        strcat(text, does);
        strcat(text, " memory that %s has freed at {where}");
        misuse(pc, block, text, thread_all[block->freed_by]->name);
    }
    run_shared->outcome.object = 0;
}

bool heap_was_freed(uint64_t address, int *by, uint64_t *where)
{
    const struct block *block = is_ours(address) ? block_before(address) : NULL;

    if (block == NULL || block->freed == 0)
        return false;
    *by = block->freed_by;
    *where = block->freed;
    return true;
}

bool heap_is_raw(uint64_t address)
{
    const struct block *block = is_ours(address) ? block_before(address) : NULL;

    return block != NULL && !block->filled;
}

int heap_left(uint64_t *first, uint64_t *bytes)
{
    int count = 0;

    *first = *bytes = 0;
    for (int i = 0; i < blocks; i++) {
        if (block_all[i].freed != 0)
            continue;
        if (count++ == 0)
            *first = block_all[i].made;
        *bytes += block_all[i].size;
    }
    return count;
}
