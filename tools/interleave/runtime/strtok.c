// strtok(3) remembers its place in memory that all threads share. Here it has a
// name, and counts as the program's own (units.c): so a race for it is shown.
#include <string.h>

#include "access.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

// In a section of its own: .bss and .data of this folder are the runtime's.
static char *strtok_place __attribute__((section("strtok_data")));

char *interleave_strtok(char *text, const char *set)
{
    access_memory(&strtok_place, sizeof strtok_place, true, CALLER);
    char *part = strtok_r(text, set, &strtok_place);
    if (part != NULL)
        access_memory(part, strlen(part) + 1, true, CALLER);
    return part;
}
