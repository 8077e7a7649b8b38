// Bug: see philosophers.c; seven of them.
#define PHILOSOPHERS 7
#include "philosophers.c"
