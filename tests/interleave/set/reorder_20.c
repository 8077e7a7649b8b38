// Bug: see reorder.h; with twenty threads.
#define THREADS 20
#include "reorder.h"
