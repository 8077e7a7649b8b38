#include "symbols.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "types.h"

// A global or static variable.
struct variable {
    uint64_t address, size;
    const char *name;
    Dwarf_Die type;
};

struct symbols {
    Dwarf *dwarf;
    int file;
    struct variable *variable;
    int variables;
};

// ---- variables ----

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

// The compilation unit behind *offset, which moves on. Returns false at the
// end.
static bool next_unit(const struct symbols *symbols, Dwarf_Off *offset,
                      Dwarf_Die *unit)
{
    Dwarf_Off next;
    size_t header;

    if (dwarf_nextcu(symbols->dwarf, *offset, &next, &header, NULL, NULL,
                     NULL) != 0 ||
        dwarf_offdie(symbols->dwarf, *offset + header, unit) == NULL)
        return false;
    *offset = next;
    return true;
}

static void read_units(struct symbols *symbols)
{
    Dwarf_Off offset = 0;
    Dwarf_Die unit;

    while (next_unit(symbols, &offset, &unit))
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
    free(symbols);
}

void symbols_variable(struct symbols *symbols, uint64_t address, char *text,
                      size_t size)
{
    for (int i = 0; symbols != NULL && i < symbols->variables; i++) {
        struct variable *variable = &symbols->variable[i];
        uint64_t offset = address - variable->address;

        if (address < variable->address || offset >= variable->size)
            continue;
        int length = snprintf(text, size, "%s", variable->name);
        if (length > 0 && (size_t)length < size)
            types_part(&variable->type, offset, text + length,
                       size - (size_t)length);
        return;
    }
    snprintf(text, size, "0x%" PRIx64, address);
}

// ---- code ----

// Not every compiler writes a table of addresses, so each unit is asked.
static bool unit_of(const struct symbols *symbols, uint64_t pc, Dwarf_Die *unit)
{
    Dwarf_Off offset = 0;

    while (next_unit(symbols, &offset, unit))
        if (dwarf_haspc(unit, pc) == 1)
            return true;
    return false;
}

static const char *function_in(Dwarf_Die *unit, uint64_t pc)
{
    Dwarf_Die die;

    if (dwarf_child(unit, &die) != 0)
        return NULL;
    do
        if (dwarf_tag(&die) == DW_TAG_subprogram && dwarf_haspc(&die, pc) == 1)
            return dwarf_diename(&die);
    while (dwarf_siblingof(&die, &die) == 0);
    return NULL;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

bool symbols_place(struct symbols *symbols, uint64_t pc, struct place *place)
{
    Dwarf_Die unit;

    *place = (struct place){"?", "?", 0};
    if (symbols == NULL || !unit_of(symbols, pc, &unit))
        return false;
    const char *function = function_in(&unit, pc);
    if (function != NULL)
        place->function = function;
    Dwarf_Line *line = dwarf_getsrc_die(&unit, pc);
    if (line == NULL || dwarf_lineno(line, &place->line) != 0)
        return false;
    const char *file = dwarf_linesrc(line, NULL, NULL);
    if (file != NULL)
        place->file = base_name(file);
    return true;
}

// ---- from names to addresses ----

uint64_t symbols_address(struct symbols *symbols, const char *name)
{
    for (int i = 0; symbols != NULL && i < symbols->variables; i++)
        if (strcmp(symbols->variable[i].name, name) == 0)
            return symbols->variable[i].address;
    return 0;
}

static bool function_named(Dwarf_Die *unit, const char *name, struct stop *stop)
{
    Dwarf_Die die;

    if (dwarf_child(unit, &die) != 0)
        return false;
    do {
        const char *found = dwarf_diename(&die);

        if (dwarf_tag(&die) == DW_TAG_subprogram && found != NULL &&
            strcmp(found, name) == 0 && dwarf_lowpc(&die, &stop->first) == 0 &&
            dwarf_highpc(&die, &stop->last) == 0) {
            stop->last--;
            return true;
        }
    } while (dwarf_siblingof(&die, &die) == 0);
    return false;
}

bool symbols_function(struct symbols *symbols, const char *name,
                      struct stop *stop)
{
    Dwarf_Off offset = 0;
    Dwarf_Die unit;

    while (symbols != NULL && next_unit(symbols, &offset, &unit))
        if (function_named(&unit, name, stop))
            return true;
    return false;
}

// The code between two neighbours of the table of lines.
static bool is_line(Dwarf_Line *here, const char *file, int line)
{
    const char *source = dwarf_linesrc(here, NULL, NULL);
    int number;

    return source != NULL && dwarf_lineno(here, &number) == 0 &&
           number == line && strcmp(base_name(source), file) == 0;
}

static int lines_of_unit(Dwarf_Die *unit, const char *file, int line,
                         struct stop *stop, int room)
{
    Dwarf_Lines *lines;
    size_t total;
    int count = 0;

    if (dwarf_getsrclines(unit, &lines, &total) != 0)
        return 0;
    for (size_t i = 0; i + 1 < total && count < room; i++) {
        Dwarf_Line *here = dwarf_onesrcline(lines, i);
        Dwarf_Addr first, next;

        if (is_line(here, file, line) && dwarf_lineaddr(here, &first) == 0 &&
            dwarf_lineaddr(dwarf_onesrcline(lines, i + 1), &next) == 0 &&
            first < next)
            stop[count++] = (struct stop){first, next - 1};
    }
    return count;
}

int symbols_line(struct symbols *symbols, const char *file, int line,
                 struct stop *stop, int room)
{
    Dwarf_Off offset = 0;
    Dwarf_Die unit;
    int count = 0;

    while (symbols != NULL && next_unit(symbols, &offset, &unit))
        count += lines_of_unit(&unit, file, line, stop + count, room - count);
    return count;
}

// Looks for the comment in a source file. Returns its line, or 0.
static int find_anchor(const char *path, const char *anchor)
{
    FILE *source = fopen(path, "r");
    char *text = NULL, comment[64];
    size_t size = 0;
    int line = 0, found = 0;

    if (source == NULL)
        return 0;
    snprintf(comment, sizeof comment, "// @%s", anchor);
    while (found == 0 && getline(&text, &size, source) > 0) {
        const char *place = strstr(text, comment);

        line++;
        if (place != NULL && strchr(" \n", place[strlen(comment)]) != NULL)
            found = line;
    }
    free(text);
    fclose(source);
    return found;
}

int symbols_anchor(struct symbols *symbols, const char *file,
                   const char *anchor)
{
    Dwarf_Off offset = 0;
    Dwarf_Die unit;
    Dwarf_Files *files;
    size_t total;

    while (symbols != NULL && next_unit(symbols, &offset, &unit)) {
        if (dwarf_getsrcfiles(&unit, &files, &total) != 0)
            continue;
        for (size_t i = 0; i < total; i++) {
            const char *path = dwarf_filesrc(files, i, NULL, NULL);
            int line = path != NULL && strcmp(base_name(path), file) == 0
                           ? find_anchor(path, anchor)
                           : 0;
            if (line > 0)
                return line;
        }
    }
    return 0;
}
