// Bug: see twostage.c; with 20 writers.
#define WRITERS 20
#include "twostage.c"
