// once: what pthread_once and call_once share.
#ifndef ONCE_H
#define ONCE_H

#include "object.h"

// Calls the routine if nobody has yet; called at pc.
void once(struct object *object, void (*routine)(void), uint64_t pc);

// The calling thread ends: the routines that it is in have never been called.
void once_abandon(void);

#endif
