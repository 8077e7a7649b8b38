// event_story: what is wrong with what a listener heard, in one sentence.
#ifndef EVENT_STORY_H
#define EVENT_STORY_H

#include "events.h"
#include "telling.h"

void story_of_complaint(char story[STORY_SIZE], const struct history *history,
                        const struct complaint *complaint);

#endif
