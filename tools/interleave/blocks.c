#include "blocks.h"

#include <dwarf.h>
#include <stdlib.h>

#include "trace.h"
#include "types.h"
#include "units.h"

struct blocks {
    struct block *block; // in the order of allocation
    int count;
    struct block **sorted; // by address
};

// `struct node *node = malloc(sizeof *node);`: the pointer that is declared in
// the line of the call.
static bool declared_in(Dwarf_Die *parent, int line, Dwarf_Die *pointer)
{
    Dwarf_Die die;
    int declared;

    if (dwarf_child(parent, &die) != 0)
        return false;
    do {
        if (dwarf_tag(&die) == DW_TAG_lexical_block &&
            declared_in(&die, line, pointer))
            return true;
        if (dwarf_tag(&die) == DW_TAG_variable &&
            dwarf_decl_line(&die, &declared) == 0 && declared == line &&
            types_of(&die, pointer) &&
            dwarf_tag(pointer) == DW_TAG_pointer_type)
            return true;
    } while (dwarf_siblingof(&die, &die) == 0);
    return false;
}

static void set_type(struct block *block, Dwarf_Die *pointer)
{
    Dwarf_Die type;
    const char *name;

    if (block->typed || dwarf_tag(pointer) != DW_TAG_pointer_type ||
        !types_named(pointer, &type, &name) || types_size(&type) == 0 ||
        types_size(&type) > block->size)
        return;
    block->typed = true;
    block->type = type;
    block->type_name = name;
}

static void look_at_call(struct symbols *symbols, struct block *block,
                         uint64_t pc)
{
    Dwarf_Die unit, function, pointer;
    struct place place;

    if (symbols_place(symbols, pc, &place) && units_of(symbols, pc, &unit) &&
        units_function(&unit, pc, &function) &&
        declared_in(&function, place.line, &pointer))
        set_type(block, &pointer);
}

static int by_address(const void *one, const void *other)
{
    const struct block *const *left = one, *const *right = other;

    return ((*left)->address > (*right)->address) -
           ((*left)->address < (*right)->address);
}

static void sort(struct blocks *blocks)
{
    for (int i = 0; i < blocks->count; i++)
        blocks->sorted[i] = &blocks->block[i];
    qsort(blocks->sorted, (size_t)blocks->count, sizeof *blocks->sorted,
          by_address);
}

struct blocks *blocks_open(const struct shared *shared, struct symbols *symbols)
{
    struct blocks *blocks = calloc(1, sizeof *blocks);
    uint32_t length = trace_length(shared);
    size_t count = 1;

    if (blocks == NULL)
        return NULL;
    for (uint32_t i = 0; i < length; i++)
        count += shared->trace[i].deed == DEED_ALLOCATE;
    blocks->block = calloc(count, sizeof *blocks->block);
    blocks->sorted = calloc(count, sizeof(struct block *));
    if (blocks->block == NULL || blocks->sorted == NULL)
        return blocks; // addresses are shown as numbers then
    for (uint32_t i = 0; i < length; i++) {
        const struct step *step = &shared->trace[i];

        if (step->deed != DEED_ALLOCATE)
            continue;
        struct block *block = &blocks->block[blocks->count++];
        block->address = step->object;
        block->size = step->value;
        block->number = blocks->count;
        look_at_call(symbols, block, step->pc);
    }
    sort(blocks);
    return blocks;
}

void blocks_close(struct blocks *blocks)
{
    if (blocks == NULL)
        return;
    free(blocks->block);
    free(blocks->sorted);
    free(blocks);
}

const struct block *blocks_find(const struct blocks *blocks, uint64_t address)
{
    int low = 0, high = blocks->count;

    while (low < high) {
        int middle = low + (high - low) / 2;
        const struct block *block = blocks->sorted[middle];

        if (address < block->address)
            high = middle;
        else if (address >= block->address + block->size)
            low = middle + 1;
        else
            return block;
    }
    return NULL;
}

void blocks_learn(struct blocks *blocks, uint64_t address, Dwarf_Die *pointer)
{
    const struct block *block = blocks_find(blocks, address);

    if (block != NULL && block->address == address)
        set_type(&blocks->block[block->number - 1], pointer);
}
