// profile: how often each thread touches each object, as far as earlier runs
// have shown. What SURW needs.
//
// Objects have numbers in the order in which they were first touched: nothing
// depends on addresses, which differ from one start of the program to the next.
#ifndef PROFILE_H
#define PROFILE_H

#include "thread.h"

void profile_begin(void);

// The thread is about to carry out its op.
void profile_note(const struct thread *thread);

// The number of the object that the op touches; -1: it is unknown, or none that
// others could touch.
int profile_object(const struct op *op);

// Of all objects in earlier runs.
int profile_objects(void);

// How often that thread touched that object in all runs, and how many runs
// there were.
int64_t profile_count(int object, int thread);
int64_t profile_runs(void);

// Whether several threads touched the object, and one of them changed it.
bool profile_is_shared(int object);

// Whether the op touches what no other thread has ever touched.
bool profile_is_private(const struct op *op);

// Who created that thread.
int profile_parent(int thread);

#endif
