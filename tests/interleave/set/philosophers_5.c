// Bug: see philosophers.h; five of them.
#define PHILOSOPHERS 5
#include "philosophers.h"
