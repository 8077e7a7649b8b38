// Bug: see philosophers.h; six of them.
#define PHILOSOPHERS 6
#include "philosophers.h"
