#include "allocate.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void allocate_failed(void)
{
    fprintf(stderr, "swarm: out of memory: use fewer clients or requests\n");
    exit(3);
}

void *allocate_array(size_t count, size_t size)
{
    void *memory = calloc(count > 0 ? count : 1, size);

    if (memory == NULL)
        allocate_failed();
    return memory;
}

void *allocate_room(void *elements, int count, int *capacity, size_t size)
{
    if (count < *capacity)
        return elements;
    *capacity = *capacity < 16 ? 16 : *capacity * 2;
    elements = realloc(elements, (size_t)*capacity * size);
    if (elements == NULL)
        allocate_failed();
    return elements;
}
