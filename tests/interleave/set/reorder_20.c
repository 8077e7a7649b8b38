// Bug: see reorder.c; with twenty threads.
#define THREADS 20
#include "reorder.c"
