// Bug: see philosophers.h; four of them.
#define PHILOSOPHERS 4
#include "philosophers.h"
