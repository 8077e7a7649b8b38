// timers: what is never to go off.
#ifndef TIMERS_H
#define TIMERS_H

#include <stdbool.h>

// Whether the program has set one in this run.
bool timers_are_set(void);

#endif
