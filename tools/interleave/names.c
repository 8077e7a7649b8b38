#include "names.h"

#include <dwarf.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "locals.h"
#include "trace.h"
#include "types.h"
#include "units.h"

struct names {
    const struct shared *shared;
    struct symbols *symbols;
    struct blocks *blocks;
    struct locals *locals;
};

// Pointers that were written tell what is behind them; these blocks may have
// pointers to others.
static void learn_types(struct names *names)
{
    uint32_t length = trace_length(names->shared);
    Dwarf_Die type;
    char text[128];

    for (uint32_t i = 0; i < length; i++) {
        const struct step *step = &names->shared->trace[i];
        const struct glance glance = {.thread = step->thread,
                                      .when = i,
                                      .address = step->object,
                                      .bytes = step->size};

        if (trace_is_access(step) && step->size == sizeof(void *) &&
            blocks_find(names->blocks, step->value) != NULL &&
            names_write(names, &glance, text, sizeof text, &type))
            blocks_learn(names->blocks, step->value, &type);
    }
}

struct names *names_open(const struct shared *shared, struct symbols *symbols)
{
    struct names *names = calloc(1, sizeof *names);

    if (names == NULL)
        return NULL;
    names->shared = shared;
    names->symbols = symbols;
    symbols_know(symbols, shared);
    names->blocks = blocks_open(shared, symbols);
    names->locals = locals_open(shared, symbols);
    if (names->blocks == NULL || names->locals == NULL) {
        names_close(names);
        return NULL;
    }
    learn_types(names);
    return names;
}

void names_close(struct names *names)
{
    if (names == NULL)
        return;
    blocks_close(names->blocks);
    locals_close(names->locals);
    free(names);
}

static void append_part(const struct glance *glance, char *text, size_t size,
                        Dwarf_Die *type, uint64_t offset)
{
    size_t length = strlen(text);

    if (!glance->whole || offset > 0 || types_size(type) != glance->bytes)
        types_part(type, offset, glance->bytes, text + length, size - length);
}

static bool write_variable(const struct names *names,
                           const struct glance *glance, char *text, size_t size,
                           Dwarf_Die *type)
{
    uint64_t offset;
    int owner;
    const struct variable *variable =
        units_variable(names->symbols, glance->address, &offset, &owner);

    if (variable == NULL)
        return false;
    *type = variable->type;
    if (owner < 0 || owner == glance->thread)
        snprintf(text, size, "%s", variable->name);
    else
        snprintf(text, size, "%s's %s",
                 trace_name(names->shared, (uint64_t)owner), variable->name);
    append_part(glance, text, size, type, offset);
    return true;
}

// What is in a block may be an array of its type.
static bool write_block(const struct names *names, const struct glance *glance,
                        char *text, size_t size, Dwarf_Die *type)
{
    const struct block *block = blocks_find(names->blocks, glance->address);
    uint64_t offset = glance->address - block->address;

    if (!block->typed || block->type_name[0] == '\0') {
        int length = snprintf(text, size, "heap#%d", block->number);
        if (offset > 0)
            snprintf(text + length, size - (size_t)length, " + %" PRIu64,
                     offset);
        return false;
    }
    *type = block->type;
    uint64_t element = types_size(type);
    int length = snprintf(text, size, "%s#%d", block->type_name, block->number);
    if (block->size >= 2 * element && (element > 1 || glance->bytes == 1))
        snprintf(text + length, size - (size_t)length, "[%" PRIu64 "]",
                 offset / element);
    append_part(glance, text, size, type, offset % element);
    return true;
}

static bool write_local(const struct names *names, const struct glance *glance,
                        char *text, size_t size, Dwarf_Die *type)
{
    int owner = locals_owner(names->locals, glance->address);
    const char *who = trace_name(names->shared, (uint64_t)owner), *name;
    uint64_t offset;

    if (!locals_find(names->locals, glance->address, glance->when, &name, type,
                     &offset)) {
        snprintf(text, size, "a local variable of %s", who);
        return false;
    }
    if (owner == glance->thread)
        snprintf(text, size, "%s", name);
    else
        snprintf(text, size, "%s's %s", who, name);
    append_part(glance, text, size, type, offset);
    return true;
}

bool names_write(const struct names *names, const struct glance *glance,
                 char *text, size_t size, Dwarf_Die *type)
{
    if (write_variable(names, glance, text, size, type))
        return true;
    if (blocks_find(names->blocks, glance->address) != NULL)
        return write_block(names, glance, text, size, type);
    if (locals_owner(names->locals, glance->address) >= 0)
        return write_local(names, glance, text, size, type);
    char byte;
    if (symbols_constant(names->symbols, glance->address, &byte, 1))
        snprintf(text, size, "a constant");
    else
        snprintf(text, size, "0x%" PRIx64, glance->address);
    return false;
}

const struct block *names_block(const struct names *names, uint64_t address)
{
    return blocks_find(names->blocks, address);
}
