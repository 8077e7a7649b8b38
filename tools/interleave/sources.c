// sources: the program's source files, and the anchors in them.
#include <dwarf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "symbols.h"
#include "units.h"

// The path of a file of a unit, which may be relative to where it was compiled.
static bool path_of(Dwarf_Die *unit, const char *name, char *path, size_t size)
{
    Dwarf_Attribute attribute;
    const char *folder =
        dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));

    if (name[0] == '/' || folder == NULL)
        snprintf(path, size, "%s", name);
    else
        snprintf(path, size, "%s/%s", folder, name);
    return access(path, R_OK) == 0;
}

bool symbols_source(struct symbols *symbols, const char *file, char *path,
                    size_t size)
{
    Dwarf_Off offset = 0;
    Dwarf_Die unit;
    Dwarf_Files *files;
    size_t total;

    while (symbols != NULL && units_next(symbols->dwarf, &offset, &unit)) {
        if (dwarf_getsrcfiles(&unit, &files, &total) != 0)
            continue;
        for (size_t i = 0; i < total; i++) {
            const char *name = dwarf_filesrc(files, i, NULL, NULL);

            if (name != NULL && strcmp(units_base_name(name), file) == 0 &&
                path_of(&unit, name, path, size))
                return true;
        }
    }
    return false;
}

// The anchor in a line of a source file: what follows "// @".
static bool read_anchor(const char *line, char *anchor, size_t size)
{
    const char *sign = strstr(line, "// @");

    if (sign == NULL)
        return false;
    sign += 4;
    int length = (int)strcspn(sign, " \t\r\n");
    return length > 0 &&
           snprintf(anchor, size, "%.*s", length, sign) < (int)size;
}

// Looks for an anchor, or in a line. Whichever is not known, "" or 0, is filled
// in. Returns false if there is none.
static bool find_anchor(struct symbols *symbols, const char *file, int *line,
                        char *anchor, size_t size)
{
    char path[4096], here[64], *text = NULL;
    size_t room = 0;
    bool found = false;

    if (!symbols_source(symbols, file, path, sizeof path))
        return false;
    FILE *source = fopen(path, "r");
    if (source == NULL)
        return false;
    for (int i = 1; !found && getline(&text, &room, source) > 0; i++) {
        if (!read_anchor(text, here, sizeof here) ||
            (*line != 0 ? *line != i : strcmp(here, anchor) != 0))
            continue;
        *line = i;
        snprintf(anchor, size, "%s", here);
        found = true;
    }
    free(text);
    fclose(source);
    return found;
}

int symbols_anchor(struct symbols *symbols, const char *file,
                   const char *anchor)
{
    char name[64];
    int line = 0;

    snprintf(name, sizeof name, "%s", anchor);
    return find_anchor(symbols, file, &line, name, sizeof name) ? line : 0;
}

bool symbols_anchor_file(struct symbols *symbols, const char *anchor,
                         char *file, size_t size)
{
    Dwarf_Off offset = 0;
    Dwarf_Die unit;

    while (symbols != NULL && units_next(symbols->dwarf, &offset, &unit)) {
        const char *name = dwarf_diename(&unit);

        if (name == NULL)
            continue;
        snprintf(file, size, "%s", units_base_name(name));
        if (symbols_anchor(symbols, file, anchor) > 0)
            return true;
    }
    return false;
}

bool symbols_anchor_at(struct symbols *symbols, const char *file, int line,
                       char *anchor, size_t size)
{
    return line > 0 && find_anchor(symbols, file, &line, anchor, size);
}
