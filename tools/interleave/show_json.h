// show_json: a run as JSON, for players: FORMAT.md.
#ifndef SHOW_JSON_H
#define SHOW_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "story.h"
#include "waiting.h"

// The caller releases it.
json_t *show_json_object(const struct story *story, char *command[]);

// A text as a JSON string; "?" if it is no UTF-8. The caller releases it.
json_t *show_json_text(const char *text);

// The parts of it, for who puts them together in another way. The steps are
// those behind the first `from` that matter, and what is printed. The caller
// releases them.
json_t *show_json_steps(const struct story *story, uint32_t from);
json_t *show_json_finding(const struct story *story);
json_t *show_json_threads(const struct story *story);
json_t *show_json_sources(const struct story *story, const json_t *steps);
json_t *show_json_command(char *command[]);

// Adds who holds what and who waits for what: "held" and "waits".
void show_json_state(json_t *object, const struct story *story,
                     const struct locks *locks, const struct waiting *waiting);

// Returns false if it cannot be written.
bool show_json(FILE *file, const struct story *story, char *command[]);

#endif
