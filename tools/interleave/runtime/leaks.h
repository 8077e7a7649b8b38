// leaks: what is left when the process ends, on request.
#ifndef LEAKS_H
#define LEAKS_H

// Remembers which descriptors are open.
void leaks_begin(void);

// Ends the run if there are threads that nobody has joined or detached,
// descriptors that are still open, or memory that was not freed.
void leaks_check(void);

#endif
