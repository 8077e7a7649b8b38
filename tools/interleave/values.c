#include "values.h"

#include <ctype.h>
#include <dwarf.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "types.h"
#include "units.h"

enum { KEPT = 8 }; // bytes of a value that a step keeps

static int64_t signed_value(const struct step *step)
{
    int spare = 64 - 8 * (step->size < KEPT ? step->size : KEPT);

    return spare < 64 ? (int64_t)(step->value << spare) >> spare : 0;
}

// Bytes that are text are shown as text; what is not kept is three dots.
static bool write_text(const char *bytes, size_t known, size_t all, char *text,
                       size_t size)
{
    size_t length = strnlen(bytes, known);

    for (size_t i = 0; i < length; i++)
        if (!isprint((unsigned char)bytes[i]))
            return false;
    snprintf(text, size, "\"%.*s%s\"", (int)length, bytes,
             length == known && all > known ? "..." : "");
    return true;
}

static void write_char(uint64_t value, char *text, size_t size)
{
    char letter = (char)value;

    if (letter == '\0')
        snprintf(text, size, "'\\0'");
    else if (letter == '\n')
        snprintf(text, size, "'\\n'");
    else if (isprint((unsigned char)letter))
        snprintf(text, size, "'%c'", letter);
    else
        snprintf(text, size, "%d", letter);
}

static void write_float(const struct step *step, char *text, size_t size)
{
    float narrow;
    double wide;

    memcpy(&narrow, &step->value, sizeof narrow);
    memcpy(&wide, &step->value, sizeof wide);
    snprintf(text, size, "%g", step->size == sizeof narrow ? narrow : wide);
}

static void write_base(const struct step *step, Dwarf_Die *type, char *text,
                       size_t size)
{
    Dwarf_Attribute attribute;
    Dwarf_Word encoding = DW_ATE_signed;
    const char *name = dwarf_diename(type);

    if (dwarf_attr(type, DW_AT_encoding, &attribute) != NULL)
        dwarf_formudata(&attribute, &encoding);
    if (name != NULL && strcmp(name, "char") == 0)
        write_char(step->value, text, size);
    else if (encoding == DW_ATE_boolean)
        snprintf(text, size, "%s", step->value != 0 ? "true" : "false");
    else if (encoding == DW_ATE_float && step->size >= 4)
        write_float(step, text, size);
    else if (encoding == DW_ATE_unsigned || encoding == DW_ATE_unsigned_char)
        snprintf(text, size, "%" PRIu64, step->value);
    else
        snprintf(text, size, "%" PRId64, signed_value(step));
}

static void write_enumerator(const struct step *step, Dwarf_Die *type,
                             char *text, size_t size)
{
    Dwarf_Die die;
    Dwarf_Attribute attribute;
    Dwarf_Sword value;

    snprintf(text, size, "%" PRId64, signed_value(step));
    if (dwarf_child(type, &die) != 0)
        return;
    do
        if (dwarf_tag(&die) == DW_TAG_enumerator &&
            dwarf_attr(&die, DW_AT_const_value, &attribute) != NULL &&
            dwarf_formsdata(&attribute, &value) == 0 &&
            value == signed_value(step)) {
            snprintf(text, size, "%s", dwarf_diename(&die));
            return;
        }
    while (dwarf_siblingof(&die, &die) == 0);
}

static bool is_char(Dwarf_Die *pointer)
{
    Dwarf_Die type;
    const char *name;

    return types_of(pointer, &type) && (name = dwarf_diename(&type)) != NULL &&
           strcmp(name, "char") == 0;
}

static void write_pointer(const struct names *names, struct symbols *symbols,
                          const struct step *step, uint32_t when,
                          Dwarf_Die *type, char *text, size_t size)
{
    char bytes[40];
    struct place place;
    Dwarf_Die target;
    uint64_t width = types_of(type, &target) ? types_size(&target) : 0;
    const struct glance glance = {.thread = step->thread,
                                  .when = when,
                                  .address = step->value,
                                  .bytes = width,
                                  .whole = width > 0};

    if (step->value == 0)
        snprintf(text, size, "null");
    else if (is_char(type) &&
             symbols_constant(symbols, step->value, bytes, sizeof bytes) &&
             write_text(bytes, sizeof bytes, sizeof bytes + 1, text, size))
        return;
    else if (symbols_place(symbols, step->value, &place))
        snprintf(text, size, "%s", place.function);
    else {
        char name[128];

        names_write(names, &glance, name, sizeof name, &target);
        snprintf(text, size, "%s%s", isalpha((unsigned char)name[0]) ? "&" : "",
                 name);
    }
}

// Several chars at once; or bytes of no known type that are no number.
static bool may_be_text(Dwarf_Die *type, int size)
{
    const char *name = type != NULL ? dwarf_diename(type) : NULL;

    if (type == NULL)
        return size > 2 && size != 4 && size != 8;
    return size > 1 &&
           (types_is_text(type) || (name != NULL && strcmp(name, "char") == 0));
}

void values_write(const struct names *names, struct symbols *symbols,
                  const struct step *step, uint32_t when, Dwarf_Die *type,
                  char *text, size_t size)
{
    const char *bytes = (const char *)&step->value;
    size_t known = step->size < KEPT ? step->size : KEPT;
    bool fits = type != NULL && types_size(type) == step->size;

    *text = '\0';
    if (step->size == 0)
        return;
    if (may_be_text(type, step->size) &&
        write_text(bytes, known, step->size, text, size))
        return;
    if (step->size > KEPT)
        return;
    switch (fits ? dwarf_tag(type) : 0) {
    case DW_TAG_base_type:
        write_base(step, type, text, size);
        break;
    case DW_TAG_enumeration_type:
        write_enumerator(step, type, text, size);
        break;
    case DW_TAG_pointer_type:
        write_pointer(names, symbols, step, when, type, text, size);
        break;
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
    case DW_TAG_array_type:
        break;
    default:
        snprintf(text, size, "%" PRId64, signed_value(step));
    }
}
