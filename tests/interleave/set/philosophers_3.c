// Bug: see philosophers.c; three of them.
#define PHILOSOPHERS 3
#include "philosophers.c"
