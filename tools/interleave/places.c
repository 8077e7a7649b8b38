// places: what the debug information says of code.
#include <dwarf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbols.h"
#include "units.h"

static bool find_place(struct symbols *symbols, uint64_t pc,
                       struct place *place)
{
    Dwarf_Die unit, function;

    *place = (struct place){"?", "?", 0};
    if (!units_of(symbols, pc, &unit))
        return false;
    if (units_function(&unit, pc, &function) &&
        dwarf_diename(&function) != NULL)
        place->function = dwarf_diename(&function);
    Dwarf_Line *line = dwarf_getsrc_die(&unit, pc);
    if (line == NULL || dwarf_lineno(line, &place->line) != 0)
        return false;
    const char *file = dwarf_linesrc(line, NULL, NULL);
    if (file != NULL)
        place->file = units_base_name(file);
    return true;
}

// Places that were asked for: a trace asks for the same ones again and again.
enum { KNOWN = 1 << 12 };

struct known_place {
    uint64_t pc; // 0: nothing is known
    bool found;
    struct place place;
};

bool symbols_place(struct symbols *symbols, uint64_t pc, struct place *place)
{
    if (symbols == NULL || pc == 0) {
        *place = (struct place){"?", "?", 0};
        return false;
    }
    if (symbols->known == NULL)
        symbols->known = calloc(KNOWN, sizeof *symbols->known);
    if (symbols->known == NULL)
        return find_place(symbols, pc, place);
    struct known_place *known = &symbols->known[pc % KNOWN];
    if (known->pc != pc) {
        known->found = find_place(symbols, pc, &known->place);
        known->pc = pc;
    }
    *place = known->place;
    return known->found;
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

    while (symbols != NULL && units_next(symbols->dwarf, &offset, &unit))
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
           number == line && strcmp(units_base_name(source), file) == 0;
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

    while (symbols != NULL && units_next(symbols->dwarf, &offset, &unit))
        count += lines_of_unit(&unit, file, line, stop + count, room - count);
    return count;
}
