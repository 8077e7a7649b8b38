// ways: sets of ways in which things may have gone with one seat.
#ifndef WAYS_H
#define WAYS_H

#include <stdbool.h>
#include <stdint.h>

// One way in which things may have gone up to a moment. Its words: a bit for
// each act that is open, whether it has been; for each listener, how many
// events it has heard; a bit for each optional act, whether it was carried out.
struct way {
    int holder;
    int last;  // its last change: a deed, or -1
    int spent; // optional acts for the present demand
};

struct ways {
    struct way *way;
    uint64_t *word;
    int count, room;
    int words, used_at; // of each way; where the optional acts begin
};

// Words of the way with that index.
uint64_t *ways_words(const struct ways *ways, int index);

// Whether one of them is at the same point as this way, and has used no more.
bool ways_have(const struct ways *ways, struct way way, const uint64_t *words);

// Adds a way, with a copy of its words.
void ways_add(struct ways *ways, struct way way, const uint64_t *words);

void ways_release(struct ways *ways);

#endif
