// Bug: see reorder.c; with five threads.
#define THREADS 5
#include "reorder.c"
