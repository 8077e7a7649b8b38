// judge: is a history linearizable?
#ifndef JUDGE_H
#define JUDGE_H

#include "history.h"
#include "story.h"

enum verdict {
    LINEARIZABLE, // an order was found that explains every reply
    VIOLATED,     // there is none; the story says why
    UNDECIDED,    // too many orders to try; the story says what is in doubt
};

struct judgement {
    enum verdict verdict;
    char story[STORY_SIZE]; // "" if the verdict is LINEARIZABLE
};

// Judges a history, which is sorted first. Clients that share a name at the
// same time make it UNDECIDED: what they hold can't be told apart.
void judge(struct history *history, struct judgement *judgement);

#endif
