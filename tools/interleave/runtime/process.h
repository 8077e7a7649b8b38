// process: other processes, which are outside of the run.
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

// Whether a signal for that process (kill(2)) is one for the program itself.
bool process_is_own(pid_t process);

// Whether the program has started that process.
bool process_is_child(pid_t process);

// Before the first run, and before each one.
bool process_begin(void);
void process_run_begins(void);

#endif
