// Bug: see philosophers.c; five of them.
#define PHILOSOPHERS 5
#include "philosophers.c"
