// crash: which pointer led to it, and who freed what is used.
#ifndef CRASH_H
#define CRASH_H

#include "story.h"

void crash_explain(struct story *story);

#endif
