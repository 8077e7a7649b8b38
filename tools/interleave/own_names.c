#include "own_names.h"

#include <errno.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object_names.h"

// Sets of names: tsearch(3).
struct sets {
    void *defined; // by the program
    void *needed;  // by the runtime, or renamed for it
    FILE *output;
};

static int compare(const void *one, const void *other)
{
    return strcmp(one, other);
}

static bool has(void *const *set, const char *name)
{
    return tfind(name, set, compare) != NULL;
}

static void add(void **set, const char *name)
{
    if (has(set, name))
        return;
    char *copy = strdup(name);
    if (copy == NULL || tsearch(copy, set, compare) == NULL) {
        fprintf(stderr, "interleave: no memory left for names\n");
        exit(2);
    }
}

static void note_defined(const char *name, bool defined, void *more)
{
    struct sets *sets = more;

    if (defined && strcmp(name, "main") != 0)
        add(&sets->defined, name);
}

static void note_needed(const char *name, bool defined, void *more)
{
    struct sets *sets = more;

    if (!defined)
        add(&sets->needed, name);
}

// The lines that stay; what is renamed there is needed, too.
static void copy_names(struct sets *sets, FILE *names)
{
    char name[256], other[256];

    while (fscanf(names, "%255s %255s", name, other) == 2) {
        add(&sets->needed, name);
        if (!has(&sets->defined, name))
            fprintf(sets->output, "%s %s\n", name, other);
    }
}

static void write_own(const void *node, VISIT visit, void *more)
{
    const char *name = *(const char *const *)node;
    struct sets *sets = more;

    if ((visit == postorder || visit == leaf) && has(&sets->needed, name))
        fprintf(sets->output, "%s own_%s\n", name, name);
}

bool own_names_write(const char *const objects[], int count,
                     const char *runtime, const char *names, const char *output)
{
    struct sets sets = {.output = fopen(output, "w")};
    FILE *file = fopen(names, "r");
    bool good = file != NULL && sets.output != NULL;

    if (good) {
        for (int i = 0; i < count; i++)
            object_names(objects[i], note_defined, &sets);
        object_names(runtime, note_needed, &sets);
        copy_names(&sets, file);
        twalk_r(sets.defined, write_own, &sets);
        good = !ferror(file) && !ferror(sets.output);
    }
    if (file != NULL)
        fclose(file);
    if (sets.output != NULL)
        good = fclose(sets.output) == 0 && good;
    if (!good)
        fprintf(stderr, "interleave: cannot write %s: %s\n", output,
                strerror(errno));
    tdestroy(sets.defined, free);
    tdestroy(sets.needed, free);
    return good;
}
