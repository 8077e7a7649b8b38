// clients: those of --client.
#ifndef CLIENTS_H
#define CLIENTS_H

#include "shared.h"

// Adds a client that sends these requests ("HELLO alice; BOOK 7"), one after
// the other. Returns false after a sentence on standard error.
bool clients_add(struct order *order, const char *requests);

// Judges what the clients of the run were told. If that cannot be right, and
// the run has found nothing else, that is its finding.
void clients_judge(struct shared *shared);

// The step of a client that a written schedule calls by that name; 0: none.
uint64_t clients_step(const struct order *order, const char *client,
                      const char *step);

// The name of a client's step; NULL if it is none.
const char *clients_step_name(uint64_t pc);

#endif
