// Bug: see philosophers.h; seven of them.
#define PHILOSOPHERS 7
#include "philosophers.h"
