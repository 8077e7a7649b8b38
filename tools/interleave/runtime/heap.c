#include "heap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "access.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

// Each thread takes from a room of its own, one block behind the other, so the
// addresses are the same in every schedule. Nothing is used again: a run is
// short, and so every access to freed memory is seen.
enum { BLOCKS = 1 << 16 };

static const uint64_t ROOM = 64 << 20, ALIGNMENT = 16;

struct block {
    uint64_t address;
    uint64_t size;
    uint64_t freed; // pc; 0: it is in use
    uint8_t freed_by;
};

static char *base;
static uint64_t used[THREADS_LIMIT];
static struct block block_all[BLOCKS]; // in the order of allocation
static int blocks;
static int slot[BLOCKS * 2]; // by address; 0: empty, otherwise index + 1

static bool reserve(void)
{
    if (base == NULL) {
        base = mmap(NULL, ROOM * THREADS_LIMIT, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (base == MAP_FAILED)
            base = NULL;
    }
    return base != NULL;
}

static unsigned slot_of(uint64_t address)
{
    unsigned i =
        (unsigned)((address >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 47);

    while (slot[i] != 0 && block_all[slot[i] - 1].address != address)
        i = (i + 1) % (BLOCKS * 2);
    return i;
}

// The block that begins at the address, or NULL.
static struct block *block_at(const void *address)
{
    int found = slot[slot_of((uint64_t)(uintptr_t)address)];

    return found == 0 ? NULL : &block_all[found - 1];
}

static bool is_ours(uint64_t address)
{
    uint64_t first = (uint64_t)(uintptr_t)base;

    return base != NULL && address >= first &&
           address < first + ROOM * THREADS_LIMIT;
}

// The block that holds the address, or NULL. The granules of a block lead to
// it.
static const struct block *block_around(uint64_t address)
{
    for (uint64_t at = address & ~(ALIGNMENT - 1);
         is_ours(at) && address - at < 4096; at -= ALIGNMENT) {
        const struct block *block = block_at((void *)(uintptr_t)at);

        if (block != NULL)
            return address < block->address + block->size ? block : NULL;
    }
    return NULL;
}

static void *allocate(size_t size, uint64_t pc)
{
    int thread = thread_self != NULL ? thread_self->number : 0;
    uint64_t room = (size + 2 * ALIGNMENT - 1) & ~(ALIGNMENT - 1);

    if (run_is_over || blocks == BLOCKS || !reserve() ||
        used[thread] + room > ROOM)
        return malloc(size);
    uint64_t address =
        (uint64_t)(uintptr_t)base + (uint64_t)thread * ROOM + used[thread];
    used[thread] += room;
    slot[slot_of(address)] = blocks + 1;
    block_all[blocks++] = (struct block){address, size, 0, 0};
    run_note_event(DEED_ALLOCATE, address, size, pc);
    return (void *)(uintptr_t)address;
}

void *interleave_malloc(size_t size)
{
    return allocate(size, CALLER);
}

void *interleave_calloc(size_t count, size_t size)
{
    size_t all;

    if (__builtin_mul_overflow(count, size, &all))
        return NULL;
    void *memory = allocate(all, CALLER); // fresh pages, or malloc's
    if (memory != NULL)
        memset(memory, 0, all);
    return memory;
}

static void give_back(void *memory, uint64_t pc)
{
    uint64_t address = (uint64_t)(uintptr_t)memory;

    if (!is_ours(address)) {
        free(memory);
        return;
    }
    struct block *block = block_at(memory);
    if (run_is_over)
        return;
    run_shared->outcome.pc = pc;
    if (block == NULL)
        run_end(FINDING_CRASH, "free of %p, which malloc did not return",
                memory);
    if (block->freed != 0)
        run_end(FINDING_CRASH, "double free: %s had freed it before",
                thread_all[block->freed_by]->name);
    run_shared->outcome.pc = 0;
    // Nobody else may be using it: for the others that is like a write.
    access_memory(memory, block->size, true, pc);
    run_note_event(DEED_FREE, address, 0, pc);
    block->freed = pc;
    block->freed_by = (uint8_t)thread_self->number;
}

void interleave_free(void *memory)
{
    give_back(memory, CALLER);
}

void *interleave_realloc(void *memory, size_t size)
{
    struct block *block = memory != NULL ? block_at(memory) : NULL;

    if (memory != NULL && block == NULL)
        return realloc(memory, size);
    void *fresh = allocate(size, CALLER);
    if (fresh != NULL && block != NULL) {
        memcpy(fresh, memory, block->size < size ? block->size : size);
        give_back(memory, CALLER);
    }
    return fresh;
}

char *interleave_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = allocate(size, CALLER);

    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

void heap_check(uint64_t address, int size, bool writes, uint64_t pc)
{
    if (size == 0 || !is_ours(address))
        return;
    const struct block *block = block_around(address);
    if (block == NULL || block->freed == 0)
        return;
    run_shared->outcome.pc = pc;
    run_shared->outcome.object = address;
    run_end(FINDING_CRASH, "use after free: it %s memory that %s has freed",
            writes ? "writes" : "reads", thread_all[block->freed_by]->name);
}
