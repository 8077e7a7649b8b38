// Bug: see reorder.h; with three threads.
#define THREADS 3
#include "reorder.h"
