#include "trace.h"

#include <stdio.h>
#include <string.h>

uint32_t trace_length(const struct shared *shared)
{
    return shared->steps < TRACE_LIMIT ? shared->steps : TRACE_LIMIT;
}

bool trace_is_access(const struct step *step)
{
    return step->deed >= DEED_READ && step->deed <= DEED_ATOMIC_UPDATE;
}

bool trace_writes(const struct step *step)
{
    return step->deed == DEED_WRITE || step->deed == DEED_ATOMIC_WRITE ||
           step->deed == DEED_ATOMIC_UPDATE;
}

bool trace_overlap(const struct step *one, const struct step *other)
{
    return one->object < other->object + other->size &&
           other->object < one->object + one->size;
}

const char *trace_name(const struct shared *shared, uint64_t thread)
{
    return thread < shared->threads ? shared->fate[thread].name : "?";
}

// How many threads have that name.
static int count_called(const struct shared *shared, const char *name)
{
    int count = 0;

    for (uint32_t i = 0; i < shared->threads && i < THREADS_LIMIT; i++)
        count += strncmp(shared->fate[i].name, name, NAME_LIMIT) == 0;
    return count;
}

// Clients are numbered before all others, have names of their own, and do not
// count.
static bool is_client(const struct shared *shared, uint32_t thread)
{
    return thread >= 1 && thread <= shared->order.clients;
}

static void write_default(const struct shared *shared, uint32_t thread,
                          char name[NAME_LIMIT])
{
    if (thread == 0)
        snprintf(name, NAME_LIMIT, "main");
    else
        snprintf(name, NAME_LIMIT, "T%u", thread - shared->order.clients);
}

static bool is_word(const char *name)
{
    return name[0] != '\0' && name[strcspn(name, " \t\n\v\f\r#")] == '\0';
}

void trace_write_name(const struct shared *shared, uint32_t thread,
                      char name[NAME_LIMIT])
{
    snprintf(name, NAME_LIMIT, "%s", shared->fate[thread].name);
    if (!is_client(shared, thread) &&
        (!is_word(name) || count_called(shared, name) > 1))
        write_default(shared, thread, name);
}

bool trace_is_called(const struct shared *shared, uint32_t thread,
                     const char *name)
{
    char other[NAME_LIMIT];

    if (count_called(shared, name) > 0 || is_client(shared, thread))
        return strncmp(shared->fate[thread].name, name, NAME_LIMIT) == 0;
    write_default(shared, thread, other);
    return strncmp(other, name, NAME_LIMIT) == 0;
}
