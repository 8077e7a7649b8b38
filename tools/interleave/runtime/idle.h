// idle: threads that look again and again at what nobody changes.
//
//     while (!done)
//         ;
//
// Without care a strategy that prefers this thread never comes to an end. So a
// thread that has looked at the same things several times, while nobody
// has changed anything, stands back until somebody does.
#ifndef IDLE_H
#define IDLE_H

#include "thread.h"

// The thread has carried out its op, and has changed something, or has not.
void idle_note(struct thread *thread, bool changed);

// Whether the op is known to change something before it is carried out: an
// update, a try, input and output may or may not, and note it themselves.
bool idle_is_known(enum deed deed);

bool idle_is(const struct thread *thread);

#endif
