#include "game_class.h"

#include <stdbool.h>
#include <string.h>

#include "trace.h"

enum { OBJECTS = 1 << 12 };

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

struct object {
    uint64_t address, order, reads;
};

static struct object *find_object(struct object table[OBJECTS],
                                  uint64_t address)
{
    uint64_t slot = mix(1, address) % OBJECTS;

    while (table[slot].address != 0 && table[slot].address != address)
        slot = (slot + 1) % OBJECTS;
    table[slot].address = address;
    return &table[slot];
}

static void touch(struct object table[OBJECTS], uint64_t address, bool reads,
                  uint64_t step)
{
    if (address == 0)
        return;
    struct object *object = find_object(table, address);
    if (reads) {
        object->reads += mix(3, step);
        return;
    }
    object->order = mix(mix(object->order, object->reads), step);
    object->reads = 0;
}

uint64_t game_class(const struct shared *shared)
{
    static struct object table[OBJECTS];
    uint64_t thread[THREADS_LIMIT] = {0}, sum = 0;

    memset(table, 0, sizeof table);
    for (uint32_t i = 0; i < trace_length(shared); i++) {
        const struct step *step = &shared->trace[i];
        uint64_t *own = &thread[step->thread];
        bool reads = step->deed == DEED_READ || step->deed == DEED_ATOMIC_READ;

        *own = mix(mix(mix(*own, step->pc), step->object), step->deed);
        touch(table, step->object, reads, mix(*own, step->thread));
        touch(table, step->second, reads, mix(*own, step->thread));
    }
    for (int i = 0; i < THREADS_LIMIT; i++)
        sum += mix(mix(5, (uint64_t)i), thread[i]);
    for (int i = 0; i < OBJECTS; i++)
        if (table[i].address != 0)
            sum += mix(mix(table[i].address, table[i].order), table[i].reads);
    return sum;
}
