// Bug: see reorder.h; with five threads.
#define THREADS 5
#include "reorder.h"
