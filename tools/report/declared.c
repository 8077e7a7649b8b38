// declared: the types of a program's variables, from its debug information.
//
// usage: declared PROGRAM
//
// Prints one JSON object: each variable that has a name, also those within
// functions, with its type as in the source, and where it is declared.
//
//     {"seats": {"type": "struct seat [20]", "file": "seats.c", "line": 12,
//                "at": 16448,
//                "element": {"type": "struct seat", "size": 48, "members":
//                    [{"name": "holder", "at": 40, "type": "char *"}]}}}
//
// Arrays and structs are taken apart, those of the system's headers are not.
// Those outside of functions come before the others. Of several within
// functions that have one name nobody knows which is meant: there the place is
// left out, and the type, if it is not the same. Exit status 2 if there is no
// debug information.
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NAME_SIZE = 256, DEPTH = 16 };

static bool target_of(Dwarf_Die *die, Dwarf_Die *target)
{
    Dwarf_Attribute attribute;

    return dwarf_attr_integrate(die, DW_AT_type, &attribute) != NULL &&
           dwarf_formref_die(&attribute, target) != NULL;
}

// ---- types, as they are written ----

static void write_type(Dwarf_Die *die, int depth, char *text, size_t size);

static void write_bounds(Dwarf_Die *array, char *text, size_t size)
{
    Dwarf_Die child;
    Dwarf_Attribute attribute;
    Dwarf_Word bound;

    for (int more = dwarf_child(array, &child); more == 0;
         more = dwarf_siblingof(&child, &child)) {
        size_t length = strlen(text);

        if (dwarf_tag(&child) != DW_TAG_subrange_type)
            continue;
        if (dwarf_attr(&child, DW_AT_upper_bound, &attribute) != NULL &&
            dwarf_formudata(&attribute, &bound) == 0)
            snprintf(text + length, size - length, "%s[%llu]",
                     strchr(text, '[') != NULL ? "" : " ",
                     (unsigned long long)bound + 1);
        else
            snprintf(text + length, size - length, " []");
    }
}

// What is around the type that this one refers to.
static void write_derived(Dwarf_Die *die, const char *before, const char *after,
                          int depth, char *text, size_t size)
{
    char inner[NAME_SIZE] = "void";
    Dwarf_Die target;

    if (target_of(die, &target))
        write_type(&target, depth + 1, inner, sizeof inner);
    if (strncmp(inner, before, strlen(before)) == 0)
        before = ""; // gcc makes a const array of const elements
    snprintf(text, size, "%s%s%s", before, inner, after);
}

static void write_named(Dwarf_Die *die, const char *before, char *text,
                        size_t size)
{
    const char *name = dwarf_diename(die);

    if (name != NULL && strcmp(name, "_Bool") == 0)
        name = "bool"; // as people write it
    snprintf(text, size, "%s%s", before, name != NULL ? name : "{...}");
}

// What stands before and behind the type that this one refers to, or before its
// own name.
static const struct {
    int tag;
    bool derived;
    const char *before, *after;
} kinds[] = {
    {DW_TAG_const_type, true, "const ", ""},
    {DW_TAG_volatile_type, true, "volatile ", ""},
    {DW_TAG_atomic_type, true, "_Atomic ", ""},
    {DW_TAG_pointer_type, true, "", " *"},
    {DW_TAG_array_type, true, "", ""},
    {DW_TAG_subroutine_type, true, "", " (...)"},
    {DW_TAG_structure_type, false, "struct ", ""},
    {DW_TAG_union_type, false, "union ", ""},
    {DW_TAG_enumeration_type, false, "enum ", ""},
};

static void write_type(Dwarf_Die *die, int depth, char *text, size_t size)
{
    size_t i = 0, count = sizeof kinds / sizeof *kinds;

    text[0] = '\0';
    if (depth > DEPTH)
        return;
    while (i < count && kinds[i].tag != dwarf_tag(die))
        i++;
    if (i == count || !kinds[i].derived)
        write_named(die, i == count ? "" : kinds[i].before, text, size);
    else
        write_derived(die, kinds[i].before, kinds[i].after, depth, text, size);
    if (dwarf_tag(die) == DW_TAG_array_type)
        write_bounds(die, text, size);
}

// ---- what they consist of ----

static json_t *parts_of(Dwarf_Die *type, int depth);

static json_t *member_of(Dwarf_Die *die, int depth)
{
    const char *name = dwarf_diename(die);
    Dwarf_Attribute attribute;
    Dwarf_Word at = 0;
    Dwarf_Die type;

    if (dwarf_tag(die) != DW_TAG_member || name == NULL ||
        !target_of(die, &type))
        return NULL;
    if (dwarf_attr(die, DW_AT_data_member_location, &attribute) != NULL)
        dwarf_formudata(&attribute, &at);
    json_t *member = parts_of(&type, depth);
    json_object_set_new(member, "name", json_string(name));
    json_object_set_new(member, "at", json_integer((json_int_t)at));
    return member;
}

static json_t *members_of(Dwarf_Die *type, int depth)
{
    json_t *members = json_array();
    Dwarf_Die child;

    for (int more = dwarf_child(type, &child); more == 0;
         more = dwarf_siblingof(&child, &child))
        json_array_append_new(members, member_of(&child, depth + 1));
    return members;
}

static bool is_ours(Dwarf_Die *type)
{
    const char *file = dwarf_decl_file(type);

    return file != NULL && strncmp(file, "/usr/", 5) != 0;
}

// Of an array with more than one dimension the elements are left out.
static bool is_row(Dwarf_Die *array)
{
    Dwarf_Die first, second;

    return dwarf_child(array, &first) == 0 &&
           dwarf_siblingof(&first, &second) != 0;
}

static json_t *parts_of(Dwarf_Die *type, int depth)
{
    char text[NAME_SIZE];
    json_t *parts = json_object();
    Dwarf_Die peeled, element;
    Dwarf_Word size;

    write_type(type, 0, text, sizeof text);
    json_object_set_new(parts, "type", json_string(text));
    if (depth > DEPTH || dwarf_peel_type(type, &peeled) != 0)
        return parts;
    if (dwarf_aggregate_size(&peeled, &size) == 0)
        json_object_set_new(parts, "size", json_integer((json_int_t)size));
    if (dwarf_tag(&peeled) == DW_TAG_structure_type && is_ours(&peeled))
        json_object_set_new(parts, "members", members_of(&peeled, depth));
    else if (dwarf_tag(&peeled) == DW_TAG_array_type && is_row(&peeled) &&
             target_of(&peeled, &element))
        json_object_set_new(parts, "element", parts_of(&element, depth + 1));
    return parts;
}

// ---- variables ----

// Where it is in the program, or -1.
static json_int_t place_of(Dwarf_Die *die)
{
    Dwarf_Attribute attribute;
    Dwarf_Op *steps;
    size_t count;

    if (dwarf_attr(die, DW_AT_location, &attribute) == NULL ||
        dwarf_getlocation(&attribute, &steps, &count) != 0 || count != 1 ||
        steps[0].atom != DW_OP_addr)
        return -1;
    return (json_int_t)steps[0].number;
}

// A second one of that name.
static void forget_place(json_t *variable, json_t *other)
{
    if (json_integer_value(json_object_get(variable, "at")) >= 0)
        return;
    json_object_set_new(variable, "line", json_null());
    if (!json_equal(json_object_get(variable, "type"),
                    json_object_get(other, "type")))
        json_object_set_new(variable, "type", json_null());
}

static void add_variable(Dwarf_Die *die, json_t *all)
{
    const char *name = dwarf_diename(die), *file = dwarf_decl_file(die);
    Dwarf_Die type;
    int line = 0;

    if (name == NULL ||
        dwarf_attr(die, DW_AT_declaration, &(Dwarf_Attribute){0}) != NULL ||
        !target_of(die, &type))
        return;
    dwarf_decl_line(die, &line);
    const char *base = file != NULL ? strrchr(file, '/') : NULL;
    json_t *variable = parts_of(&type, 0), *known = json_object_get(all, name);
    if (known != NULL) {
        forget_place(known, variable);
        json_decref(variable);
        return;
    }
    json_object_set_new(variable, "file",
                        json_string(base != NULL   ? base + 1
                                    : file != NULL ? file
                                                   : "?"));
    json_object_set_new(variable, "line", json_integer(line));
    json_object_set_new(variable, "at", json_integer(place_of(die)));
    json_object_set_new(all, name, variable);
}

static bool is_scope(int tag)
{
    return tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block;
}

static bool is_variable(int tag)
{
    return tag == DW_TAG_variable || tag == DW_TAG_formal_parameter;
}

// Those at the given depth and below it: 0 is outside of all functions.
static void add_below(Dwarf_Die *scope, int depth, bool inner, json_t *all)
{
    Dwarf_Die child;

    for (int more = dwarf_child(scope, &child); more == 0;
         more = dwarf_siblingof(&child, &child)) {
        int tag = dwarf_tag(&child);

        if (is_variable(tag) && inner == (depth > 0))
            add_variable(&child, all);
        else if (inner && is_scope(tag) && depth < DEPTH)
            add_below(&child, depth + 1, inner, all);
    }
}

static void add_all(Dwarf *dwarf, bool inner, json_t *all)
{
    Dwarf_CU *unit = NULL;
    Dwarf_Die die;

    while (dwarf_get_units(dwarf, unit, &unit, NULL, NULL, &die, NULL) == 0)
        if (dwarf_tag(&die) == DW_TAG_compile_unit)
            add_below(&die, 0, inner, all);
}

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fputs("usage: declared PROGRAM\n", stderr);
        return 2;
    }
    int file = open(argv[1], O_RDONLY);
    Dwarf *dwarf = file >= 0 ? dwarf_begin(file, DWARF_C_READ) : NULL;
    if (dwarf == NULL) {
        fprintf(stderr,
                "declared: %s has no debug information (compile it with -g)\n",
                argv[1]);
        return 2;
    }
    json_t *all = json_object();
    add_all(dwarf, false, all);
    add_all(dwarf, true, all);
    json_dumpf(all, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    putchar('\n');
    json_decref(all);
    dwarf_end(dwarf);
    close(file);
    return ferror(stdout) || fflush(stdout) != 0 ? 2 : 0;
}
