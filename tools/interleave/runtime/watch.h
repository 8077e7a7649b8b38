// watch: the tool's side of a run that does not end by itself.
#ifndef WATCH_H
#define WATCH_H

#include <stdbool.h>
#include <sys/types.h>

// Waits for the end of the child that carries out the run, but not for ever,
// and ends all that it has started. Returns its status: waitpid(2).
int watch_child(pid_t child);

// All that a run leaves behind comes to the calling process, also when that is
// told to end: call it once. In a child that is to be on its own again:
// watch_release.
void watch_begin(void);
void watch_release(void);

// Whether order.deadline has passed; whether the last run was ended then.
bool watch_is_late(void);
bool watch_was_late(void);

#endif
