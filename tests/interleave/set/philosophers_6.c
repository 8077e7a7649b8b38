// Bug: see philosophers.c; six of them.
#define PHILOSOPHERS 6
#include "philosophers.c"
