#include "types.h"

#include <dwarf.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool types_named(Dwarf_Die *die, Dwarf_Die *type, const char **name)
{
    Dwarf_Die here = *die;
    Dwarf_Attribute attribute;

    *name = "";
    for (;;) {
        if (dwarf_attr_integrate(&here, DW_AT_type, &attribute) == NULL ||
            dwarf_formref_die(&attribute, type) == NULL)
            return false;
        if (**name == '\0' && dwarf_diename(type) != NULL)
            *name = dwarf_diename(type);
        switch (dwarf_tag(type)) {
        case DW_TAG_typedef:
        case DW_TAG_const_type:
        case DW_TAG_volatile_type:
        case DW_TAG_restrict_type:
        case DW_TAG_atomic_type:
            here = *type;
            break;
        default:
            return true;
        }
    }
}

bool types_of(Dwarf_Die *die, Dwarf_Die *type)
{
    const char *name;

    return types_named(die, type, &name);
}

uint64_t types_size(Dwarf_Die *type)
{
    Dwarf_Word size;

    return dwarf_aggregate_size(type, &size) == 0 ? size : 0;
}

bool types_is_text(Dwarf_Die *type)
{
    Dwarf_Die element;
    const char *name;

    return dwarf_tag(type) == DW_TAG_array_type && types_of(type, &element) &&
           (name = dwarf_diename(&element)) != NULL &&
           strcmp(name, "char") == 0;
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

// Bytes from one element of a dimension of an array to the next: the size of
// what the dimensions behind it hold. `behind` is the dimension.
static uint64_t stride_of(Dwarf_Die *behind, uint64_t element)
{
    Dwarf_Die die = *behind;
    Dwarf_Attribute attribute;
    Dwarf_Word number;

    while (dwarf_siblingof(&die, &die) == 0) {
        if (dwarf_attr(&die, DW_AT_count, &attribute) != NULL &&
            dwarf_formudata(&attribute, &number) == 0)
            element *= number;
        else if (dwarf_attr(&die, DW_AT_upper_bound, &attribute) != NULL &&
                 dwarf_formudata(&attribute, &number) == 0)
            element *= number + 1;
    }
    return element;
}

// One index for each dimension. Returns false if the bytes are in no single
// element.
static bool write_indices(Dwarf_Die *array, uint64_t element, uint64_t bytes,
                          uint64_t *offset, char **text, size_t *size)
{
    Dwarf_Die dimension;

    if (element == 0 || *offset % element + bytes > element ||
        dwarf_child(array, &dimension) != 0)
        return false;
    do {
        uint64_t stride = stride_of(&dimension, element);

        if (stride == 0)
            return false;
        advance(text, size,
                snprintf(*text, *size, "[%" PRIu64 "]", *offset / stride));
        *offset %= stride;
    } while (dwarf_siblingof(&dimension, &dimension) == 0);
    return true;
}

static uint64_t offset_of(Dwarf_Die *field)
{
    Dwarf_Attribute attribute;
    Dwarf_Word offset = 0;

    if (dwarf_attr(field, DW_AT_data_member_location, &attribute) != NULL)
        dwarf_formudata(&attribute, &offset);
    return offset;
}

// Several bit-fields share their bytes, so an access names none of them. An
// array at the end may have no size.
static bool may_hold(Dwarf_Die *field, Dwarf_Die *type, uint64_t offset,
                     uint64_t bytes)
{
    uint64_t first = offset_of(field);
    bool has_no_end =
        dwarf_tag(type) == DW_TAG_array_type && types_size(type) == 0;

    return !dwarf_hasattr(field, DW_AT_bit_size) && first <= offset &&
           (has_no_end || offset + bytes <= first + types_size(type)) &&
           (has_no_end || offset < first + types_size(type));
}

// The field of a structure or union that holds the bytes. Of a union's fields
// the first that fits best.
static bool field_at(Dwarf_Die *type, uint64_t offset, uint64_t bytes,
                     Dwarf_Die *field, Dwarf_Die *field_type)
{
    Dwarf_Die die, die_type;
    bool found = false;

    if (dwarf_child(type, &die) != 0)
        return false;
    do {
        if (dwarf_tag(&die) != DW_TAG_member || !types_of(&die, &die_type) ||
            !may_hold(&die, &die_type, offset, bytes))
            continue;
        if (found &&
            (types_size(&die_type) != bytes || types_size(field_type) == bytes))
            continue;
        *field = die;
        *field_type = die_type;
        found = true;
    } while (dwarf_siblingof(&die, &die) == 0);
    return found;
}

void types_part(Dwarf_Die *type, uint64_t offset, uint64_t bytes, char *text,
                size_t size)
{
    Dwarf_Die field, part;

    *text = '\0';
    for (int depth = 0; depth < 16; depth++) {
        switch (dwarf_tag(type)) {
        case DW_TAG_array_type:
            if ((types_is_text(type) && bytes != 1) || !types_of(type, &part) ||
                !write_indices(type, types_size(&part), bytes, &offset, &text,
                               &size))
                return;
            break;
        case DW_TAG_structure_type:
        case DW_TAG_union_type:
            if (bytes == 0 && dwarf_tag(type) == DW_TAG_union_type)
                return;
            if (!field_at(type, offset, bytes, &field, &part))
                return;
            if (dwarf_diename(&field) != NULL)
                advance(&text, &size,
                        snprintf(text, size, ".%s", dwarf_diename(&field)));
            offset -= offset_of(&field);
            break;
        default:
            return;
        }
        *type = part;
    }
}
