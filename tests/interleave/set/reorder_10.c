// Bug: see reorder.c; with ten threads.
#define THREADS 10
#include "reorder.c"
