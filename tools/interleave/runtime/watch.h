// watch: the tool's side of a run that does not end by itself.
#ifndef WATCH_H
#define WATCH_H

#include <sys/types.h>

// Waits for the end of the child that carries out the run, but not for ever,
// and ends all that it has started. Returns its status: waitpid(2).
int watch_child(pid_t child);

// All that a run leaves behind comes to the calling process: call it once.
void watch_begin(void);

#endif
