#include "game_shown.h"

#include <inttypes.h>
#include <stdio.h>

#include "game.h"
#include "trace.h"

bool game_shows(const struct story *story, uint32_t number)
{
    const struct step *step = story_step(story, number);
    bool chosen = step->enabled > 1 && !game_commutes(step->deed);

    return story_shows(story, number, false) ||
           (chosen && !(story->flags[number] & STORY_UNSEEN));
}

// Memory is known by words of four bytes, as in matters.c; anything else by its
// address, and whether that of a block which is freed.
struct keys {
    uint64_t next, end;
    char kind;
};

static struct keys keys_of(const struct step *step)
{
    if (trace_is_access(step))
        return (struct keys){step->object & ~UINT64_C(3),
                             step->object + step->size, 'm'};
    return (struct keys){step->object, step->object + 1,
                         step->deed == DEED_FREE ? 'f' : 'o'};
}

static bool next_key(struct keys *keys, char text[32])
{
    if (keys->next >= keys->end)
        return false;
    snprintf(text, 32, "%c%" PRIx64, keys->kind, keys->next);
    keys->next += 4;
    return true;
}

// Those that are about no object matter by themselves, or never.
static bool is_about_something(const struct story *story, uint32_t number)
{
    return !(story->flags[number] & STORY_UNSEEN) &&
           story_step(story, number)->object != 0;
}

void game_shown_note(json_t *known, const struct story *story)
{
    char key[32];

    for (uint32_t i = 0; i < story->length; i++) {
        struct keys keys = keys_of(story_step(story, i));

        if (is_about_something(story, i) && story->flags[i] & STORY_MATTERS)
            while (next_key(&keys, key))
                json_object_set_new(known, key, json_true());
    }
}

void game_shown_mark(const json_t *known, struct story *story)
{
    char key[32];

    for (uint32_t i = 0; i < story->length; i++) {
        struct keys keys = keys_of(story_step(story, i));

        if (game_shows(story, i))
            story->flags[i] |= STORY_MATTERS;
        if (is_about_something(story, i))
            while (next_key(&keys, key))
                if (json_object_get(known, key) != NULL)
                    story->flags[i] |= STORY_MATTERS;
    }
}
