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

// The fixed address of a variable, if it has one.
static bool fixed_address(Dwarf_Die *die, uint64_t *address)
{
    Dwarf_Attribute attribute;
    Dwarf_Op *expression;
    size_t length;

    if (dwarf_attr_integrate(die, DW_AT_location, &attribute) == NULL ||
        dwarf_getlocation(&attribute, &expression, &length) != 0 ||
        length != 1 || expression[0].atom != DW_OP_addr)
        return false;
    *address = expression[0].number;
    return true;
}

static void add_variable(struct symbols *symbols, Dwarf_Die *die)
{
    struct variable variable;

    if (!fixed_address(die, &variable.address) ||
        !types_of(die, &variable.type))
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

const struct variable *units_variable(const struct symbols *symbols,
                                      uint64_t address)
{
    for (int i = 0; symbols != NULL && i < symbols->variables; i++) {
        const struct variable *variable = &symbols->variable[i];

        if (address >= variable->address &&
            address - variable->address < variable->size)
            return variable;
    }
    return NULL;
}

void symbols_variable(struct symbols *symbols, uint64_t address, char *text,
                      size_t size)
{
    const struct variable *variable = units_variable(symbols, address);

    if (variable == NULL) {
        snprintf(text, size, "0x%" PRIx64, address);
        return;
    }
    Dwarf_Die type = variable->type;
    int length = snprintf(text, size, "%s", variable->name);
    if (length > 0 && (size_t)length < size)
        types_part(&type, address - variable->address, 0, text + length,
                   size - (size_t)length);
}

uint64_t symbols_address(struct symbols *symbols, const char *name)
{
    for (int i = 0; symbols != NULL && i < symbols->variables; i++)
        if (strcmp(symbols->variable[i].name, name) == 0)
            return symbols->variable[i].address;
    return 0;
}
