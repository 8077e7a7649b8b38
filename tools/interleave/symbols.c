#include "symbols.h"

#include <dwarf.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "types.h"
#include "units.h"

// The fixed address of a variable, or of a thread-local one its offset, if it
// has one.
static bool find_place(Dwarf_Die *die, struct variable *variable)
{
    Dwarf_Attribute attribute;
    Dwarf_Op *expression;
    size_t length;

    if (dwarf_attr_integrate(die, DW_AT_location, &attribute) == NULL ||
        dwarf_getlocation(&attribute, &expression, &length) != 0)
        return false;
    variable->is_local =
        length == 2 && (expression[1].atom == DW_OP_GNU_push_tls_address ||
                        expression[1].atom == DW_OP_form_tls_address);
    variable->address = length > 0 ? expression[0].number : 0;
    return variable->is_local ||
           (length == 1 && expression[0].atom == DW_OP_addr);
}

static void add_variable(struct symbols *symbols, Dwarf_Die *die)
{
    struct variable variable;

    if (!find_place(die, &variable) || !types_of(die, &variable.type))
        return;
    variable.name = dwarf_diename(die);
    variable.size = types_size(&variable.type);
    if (variable.name == NULL)
        return;
    void *more = realloc(symbols->variable,
                         (size_t)(symbols->variables + 1) * sizeof variable);
    if (more == NULL)
        return; // the address is shown as a number then
    symbols->variable = more;
    symbols->variable[symbols->variables++] = variable;
}

// Variables may be static inside functions, and blocks inside these.
static void add_variables(struct symbols *symbols, Dwarf_Die *parent)
{
    Dwarf_Die die;

    if (dwarf_child(parent, &die) != 0)
        return;
    do {
        switch (dwarf_tag(&die)) {
        case DW_TAG_variable:
            add_variable(symbols, &die);
            break;
        case DW_TAG_subprogram:
        case DW_TAG_lexical_block:
            add_variables(symbols, &die);
            break;
        default:
            break;
        }
    } while (dwarf_siblingof(&die, &die) == 0);
}

static void read_units(struct symbols *symbols)
{
    Dwarf_Off offset = 0;
    Dwarf_Die unit;

    while (units_next(symbols->dwarf, &offset, &unit))
        add_variables(symbols, &unit);
}

struct symbols *symbols_open(const char *program)
{
    struct symbols *symbols = calloc(1, sizeof *symbols);

    if (symbols == NULL)
        return NULL;
    symbols->file = open(program, O_RDONLY | O_CLOEXEC);
    if (symbols->file >= 0)
        symbols->dwarf = dwarf_begin(symbols->file, DWARF_C_READ);
    if (symbols->dwarf == NULL) {
        symbols_close(symbols);
        return NULL;
    }
    read_units(symbols);
    return symbols;
}

void symbols_close(struct symbols *symbols)
{
    if (symbols == NULL)
        return;
    if (symbols->dwarf != NULL)
        dwarf_end(symbols->dwarf);
    if (symbols->file >= 0)
        close(symbols->file);
    free(symbols->variable);
    free(symbols->known);
    free(symbols);
}

void symbols_know(struct symbols *symbols, const struct shared *shared)
{
    if (symbols != NULL)
        symbols->shared = shared;
}

// Whose thread-local variables the address is among; -1: nobody's.
static int owner_of(const struct shared *shared, uint64_t address)
{
    for (uint32_t i = 0; shared != NULL && i < shared->threads; i++)
        if (shared->fate[i].own_low <= address &&
            address < shared->fate[i].own_high)
            return (int)i;
    return -1;
}

const struct variable *units_variable(const struct symbols *symbols,
                                      uint64_t address, uint64_t *offset,
                                      int *owner)
{
    *owner = symbols != NULL ? owner_of(symbols->shared, address) : -1;
    if (*owner >= 0)
        address -= symbols->shared->fate[*owner].own_low;
    for (int i = 0; symbols != NULL && i < symbols->variables; i++) {
        const struct variable *variable = &symbols->variable[i];

        *offset = address - variable->address;
        if (variable->is_local == (*owner >= 0) &&
            address >= variable->address && *offset < variable->size)
            return variable;
    }
    return NULL;
}

void symbols_variable(struct symbols *symbols, uint64_t address, char *text,
                      size_t size)
{
    uint64_t offset;
    int owner;
    const struct variable *variable =
        units_variable(symbols, address, &offset, &owner);

    if (variable == NULL) {
        snprintf(text, size, "0x%" PRIx64, address);
        return;
    }
    Dwarf_Die type = variable->type;
    int length = snprintf(text, size, "%s%s%s",
                          owner >= 0 ? symbols->shared->fate[owner].name : "",
                          owner >= 0 ? "'s " : "", variable->name);
    if (length > 0 && (size_t)length < size)
        types_part(&type, offset, 0, text + length, size - (size_t)length);
}

uint64_t symbols_address(struct symbols *symbols, const char *name)
{
    for (int i = 0; symbols != NULL && i < symbols->variables; i++)
        if (!symbols->variable[i].is_local &&
            strcmp(symbols->variable[i].name, name) == 0)
            return symbols->variable[i].address;
    return 0;
}
