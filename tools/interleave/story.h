// story: a run, made ready to be told: which of its steps matter, which one
// goes wrong, and why, in one sentence.
#ifndef STORY_H
#define STORY_H

#include <stdbool.h>

#include "names.h"
#include "shared.h"
#include "symbols.h"

enum flag {
    STORY_MATTERS = 1,  // it is shown without --all
    STORY_WRONG = 2,    // here it goes wrong
    STORY_FAILED = 4,   // it did not get the lock
    STORY_NO_VALUE = 8, // the value was never seen: the program crashed
    STORY_VAIN = 16,    // it locks what it holds, and never gets it
    STORY_UNSEEN = 32,  // never shown: before there were threads, or what free
                        // does for the detectors only
};

// What comes behind the last step of a thread: the failure itself.
struct ending {
    uint8_t thread;
    bool wrong;
    uint64_t pc;
    char text[160];
};

struct story {
    const struct shared *shared;
    struct symbols *symbols;
    struct names *names;
    uint32_t length; // steps
    uint8_t *flags;  // of each step
    struct ending ending[THREADS_LIMIT];
    int endings;
    char text[2 * TEXT_LIMIT]; // what the finding says, with names
    char sentence[800];        // what happened; "": nothing is known
};

// Looks at the run in `shared`, which was recorded with record_all. Both must
// live as long as the story. Returns NULL if there is no memory.
struct story *story_open(const struct shared *shared, struct symbols *symbols);
void story_close(struct story *story);

// Whether a step is shown.
bool story_shows(const struct story *story, uint32_t number, bool all);

// The name of what a step touches, at that time: "" for nothing.
void story_object(const struct story *story, uint32_t number, char *text,
                  size_t size);

// The name of a mutex or the like at the end of the run.
void story_lock(const struct story *story, uint64_t address, char *text,
                size_t size);

// The line of an address of code; 0 if it is not known.
int story_line(const struct story *story, uint64_t pc);

// A step, the name of its thread, its line.
const struct step *story_step(const struct story *story, uint32_t number);
const char *story_who(const struct story *story, uint32_t number);
int story_line_of(const struct story *story, uint32_t number);

// The last step of the thread; -1: it made none.
int64_t story_last_step(const struct story *story, int thread);

// The first of the last steps of the thread that failed which stand in the line
// of the failure.
uint32_t story_failing_from(const struct story *story);

// Adds to the sentence.
void story_say(struct story *story, const char *text, ...)
    __attribute__((format(printf, 2, 3)));

// Adds an ending.
struct ending *story_end(struct story *story, int thread, uint64_t pc,
                         const char *text, ...)
    __attribute__((format(printf, 4, 5)));

#endif
