#include "names.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocate.h"

static int compare(const void *left, const void *right)
{
    const struct name *a = left, *b = right;

    return strcmp(a->text, b->text);
}

int names_find(const struct names *names, const char *text)
{
    struct name wanted;

    snprintf(wanted.text, sizeof wanted.text, "%s", text);
    struct name *const *found = tfind(&wanted, &names->tree, compare);
    return found != NULL ? (*found)->number : NOBODY;
}

int names_add(struct names *names, const char *text)
{
    int number = names_find(names, text);

    if (number != NOBODY)
        return number;
    struct name *name = allocate_array(1, sizeof *name);
    snprintf(name->text, sizeof name->text, "%s", text);
    name->number = names->count;
    names->name = allocate_room(names->name, names->count, &names->capacity,
                                sizeof *names->name);
    names->name[names->count++] = name;
    if (tsearch(name, &names->tree, compare) == NULL)
        allocate_failed();
    return name->number;
}

const char *names_text(const struct names *names, int number)
{
    return number == NOBODY ? "nobody" : names->name[number]->text;
}

void names_release(struct names *names)
{
    for (int i = 0; i < names->count; i++) {
        tdelete(names->name[i], &names->tree, compare);
        free(names->name[i]);
    }
    free(names->name);
}
