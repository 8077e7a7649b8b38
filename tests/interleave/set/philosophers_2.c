// Bug: see philosophers.h; two of them.
#define PHILOSOPHERS 2
#include "philosophers.h"
