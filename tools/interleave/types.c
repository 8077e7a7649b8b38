#include "types.h"

#include <dwarf.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool types_of(Dwarf_Die *die, Dwarf_Die *type)
{
    Dwarf_Attribute attribute;

    if (dwarf_attr_integrate(die, DW_AT_type, &attribute) == NULL ||
        dwarf_formref_die(&attribute, type) == NULL)
        return false;
    for (;;) {
        switch (dwarf_tag(type)) {
        case DW_TAG_typedef:
        case DW_TAG_const_type:
        case DW_TAG_volatile_type:
        case DW_TAG_atomic_type:
            break;
        default:
            return true;
        }
        if (dwarf_attr_integrate(type, DW_AT_type, &attribute) == NULL ||
            dwarf_formref_die(&attribute, type) == NULL)
            return false;
    }
}

uint64_t types_size(Dwarf_Die *type)
{
    Dwarf_Word size;

    return dwarf_aggregate_size(type, &size) == 0 ? size : 0;
}

static uint64_t offset_of(Dwarf_Die *field)
{
    Dwarf_Attribute attribute;
    Dwarf_Word offset = 0;

    if (dwarf_attr(field, DW_AT_data_member_location, &attribute) != NULL)
        dwarf_formudata(&attribute, &offset);
    return offset;
}

// The field of a structure in which the offset is.
static bool field_at(Dwarf_Die *type, uint64_t offset, Dwarf_Die *field,
                     Dwarf_Die *field_type)
{
    if (dwarf_child(type, field) != 0)
        return false;
    do
        if (dwarf_tag(field) == DW_TAG_member && types_of(field, field_type) &&
            offset_of(field) <= offset &&
            offset - offset_of(field) < types_size(field_type))
            return true;
    while (dwarf_siblingof(field, field) == 0);
    return false;
}

// Moves on behind what was written.
static void advance(char **text, size_t *size, int length)
{
    size_t step = length < 0 ? 0 : (size_t)length;

    if (step >= *size)
        step = *size - 1;
    *text += step;
    *size -= step;
}

void types_part(Dwarf_Die *type, uint64_t offset, char *text, size_t size)
{
    Dwarf_Die part, part_type, here = *type;

    *text = '\0';
    for (int depth = 0; depth < 8; depth++) {
        if (dwarf_tag(&here) == DW_TAG_array_type) {
            if (!types_of(&here, &part_type))
                return;
            uint64_t element = types_size(&part_type);
            if (element <= 1)
                return; // text, or bytes
            advance(&text, &size,
                    snprintf(text, size, "[%" PRIu64 "]", offset / element));
            offset %= element;
        } else if (dwarf_tag(&here) == DW_TAG_structure_type) {
            if (!field_at(&here, offset, &part, &part_type))
                return;
            const char *name = dwarf_diename(&part);
            if (name != NULL)
                advance(&text, &size, snprintf(text, size, ".%s", name));
            offset -= offset_of(&part);
        } else {
            return;
        }
        here = part_type;
    }
}
