#include "units.h"

#include <dwarf.h>
#include <string.h>

// The runtime is a part of the program, but not the user's; but for what stands
// for the C library's memory.
static bool is_runtime(Dwarf_Die *unit)
{
    const char *name = dwarf_diename(unit);

    return name != NULL && strstr(name, "tools/interleave/runtime/") != NULL &&
           strcmp(units_base_name(name), "shared_results.c") != 0;
}

bool units_next(Dwarf *dwarf, Dwarf_Off *offset, Dwarf_Die *unit)
{
    Dwarf_Off next;
    size_t header;

    do {
        if (dwarf_nextcu(dwarf, *offset, &next, &header, NULL, NULL, NULL) !=
                0 ||
            dwarf_offdie(dwarf, *offset + header, unit) == NULL)
            return false;
        *offset = next;
    } while (is_runtime(unit));
    return true;
}

// Not every compiler writes a table of addresses, so each unit is asked.
bool units_of(const struct symbols *symbols, uint64_t pc, Dwarf_Die *unit)
{
    Dwarf_Off offset = 0;

    while (symbols != NULL && units_next(symbols->dwarf, &offset, unit))
        if (dwarf_haspc(unit, pc) == 1)
            return true;
    return false;
}

bool units_function(Dwarf_Die *unit, uint64_t pc, Dwarf_Die *function)
{
    if (dwarf_child(unit, function) != 0)
        return false;
    do
        if (dwarf_tag(function) == DW_TAG_subprogram &&
            dwarf_haspc(function, pc) == 1)
            return true;
    while (dwarf_siblingof(function, function) == 0);
    return false;
}

const char *units_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}
