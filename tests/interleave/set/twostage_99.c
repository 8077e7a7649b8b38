// Bug: see twostage.c; with 99 writers.
#define WRITERS 99
#include "twostage.c"
