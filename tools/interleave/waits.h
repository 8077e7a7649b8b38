// waits: threads that wait for ever, and why.
#ifndef WAITS_H
#define WAITS_H

#include "story.h"

// Explains a deadlock: the cycle of who holds what and waits for what, or a
// signal that came when nobody waited.
void waits_explain(struct story *story);

#endif
