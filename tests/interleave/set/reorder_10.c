// Bug: see reorder.h; with ten threads.
#define THREADS 10
#include "reorder.h"
