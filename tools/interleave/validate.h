// validate: what a run has written is believed only as far as it makes sense.
#ifndef VALIDATE_H
#define VALIDATE_H

#include "shared.h"

// Mends what the program may have spoilt, so that nobody who reads it later
// leaves its bounds.
void validate(struct shared *shared);

#endif
