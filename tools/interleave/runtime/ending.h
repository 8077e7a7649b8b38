// ending: how the process ends.
#ifndef ENDING_H
#define ENDING_H

#include <stdnoreturn.h>

// As exit(3): what atexit(3) has registered runs while the other threads still
// take part.
noreturn void ending_exit(int status);

// main has returned.
noreturn void ending_of_main(int status);

#endif
