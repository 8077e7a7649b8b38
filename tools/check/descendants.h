// descendants: all processes that this one has started, and those that they
// have.
//
// A subreaper's orphans become its children (prctl(2), PR_SET_CHILD_SUBREAPER),
// so none can get away.
#ifndef DESCENDANTS_H
#define DESCENDANTS_H

// Sends SIGKILL to each. Returns how many there were; while they are killed
// they may start others.
int descendants_kill(void);

// Their resident memory together, in MiB. Pages that several of them share
// count several times.
long descendants_memory(void);

#endif
