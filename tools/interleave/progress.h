// progress: what long work is doing, on one line of the terminal.
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdint.h>

// Shows what is done, so many times so far, if standard error is a terminal;
// at most once a second, and only when that has lasted a second.
void progress_show(const char *what, uint32_t count);

// The line is gone, and the next work begins.
void progress_clear(void);

#endif
