#include "ways.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"

uint64_t *ways_words(const struct ways *ways, int index)
{
    return ways->word + (size_t)index * (size_t)ways->words;
}

// Whether the way `index` is at the same point, and has used nothing more.
static bool is_better(const struct ways *ways, int index, int holder,
                      const uint64_t *words)
{
    const uint64_t *its = ways_words(ways, index);

    if (ways->way[index].holder != holder ||
        memcmp(its, words, (size_t)ways->used_at * sizeof *its) != 0)
        return false;
    for (int i = ways->used_at; i < ways->words; i++)
        if (its[i] & ~words[i])
            return false;
    return true;
}

static void make_room(struct ways *ways)
{
    size_t size;

    if (ways->count < ways->room)
        return;
    ways->room = ways->room == 0 ? 16 : ways->room * 2;
    size = (size_t)ways->room * (size_t)ways->words * sizeof *ways->word;
    ways->way = realloc(ways->way, (size_t)ways->room * sizeof *ways->way);
    ways->word = realloc(ways->word, size);
    if (ways->way == NULL || ways->word == NULL)
        allocate_failed();
}

bool ways_have(const struct ways *ways, struct way way, const uint64_t *words)
{
    for (int i = 0; i < ways->count; i++)
        if (is_better(ways, i, way.holder, words))
            return true;
    return false;
}

void ways_add(struct ways *ways, struct way way, const uint64_t *words)
{
    make_room(ways);
    ways->way[ways->count] = way;
    memcpy(ways_words(ways, ways->count++), words,
           (size_t)ways->words * sizeof *words);
}

void ways_release(struct ways *ways)
{
    free(ways->way);
    free(ways->word);
}
