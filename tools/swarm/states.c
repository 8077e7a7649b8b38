#include "states.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"

// The slot that holds the hash, or the empty one where it would go.
static uint64_t *find(const struct states *states, uint64_t hash)
{
    uint64_t mask = (uint64_t)states->room - 1;
    uint64_t i = hash & mask;

    while (states->slot[i] != 0 && states->slot[i] != hash)
        i = (i + 1) & mask;
    return &states->slot[i];
}

bool states_has(const struct states *states, uint64_t hash)
{
    return states->count > 0 && *find(states, hash) == hash && hash != 0;
}

static void grow(struct states *states)
{
    struct states larger = {
        .room = states->room == 0 ? 1024 : states->room * 2,
    };

    larger.slot = allocate_array((size_t)larger.room, sizeof *larger.slot);
    for (int i = 0; i < states->room; i++)
        if (states->slot[i] != 0)
            states_add(&larger, states->slot[i]);
    free(states->slot);
    *states = larger;
}

void states_add(struct states *states, uint64_t hash)
{
    if (hash == 0 || states_has(states, hash))
        return;
    if (states->count >= states->room / 2)
        grow(states);
    *find(states, hash) = hash;
    states->count++;
}

void states_clear(struct states *states)
{
    if (states->count > 0)
        memset(states->slot, 0, (size_t)states->room * sizeof *states->slot);
    states->count = 0;
}

void states_release(struct states *states)
{
    free(states->slot);
}
