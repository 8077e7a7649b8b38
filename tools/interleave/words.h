// words: a step in words.
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "story.h"

// "reads sold -> 0": what is done, to what, and the value.
void words_step(const struct story *story, uint32_t number, char *text,
                size_t size);

// The parts: what the step touches ("" for nothing), the value that it reads or
// writes ("" if there is none), and what is done as one word without blanks.
void words_object(const struct story *story, const struct step *step,
                  uint32_t when, char *text, size_t size);
void words_value(const struct story *story, uint32_t number, char *text,
                 size_t size);
const char *words_deed(int deed);

// What a thread is about to do at the end of the run: "locks left".
void words_next(const struct story *story, int thread, char *text, size_t size);

#endif
