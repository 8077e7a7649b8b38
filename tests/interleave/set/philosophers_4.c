// Bug: see philosophers.c; four of them.
#define PHILOSOPHERS 4
#include "philosophers.c"
