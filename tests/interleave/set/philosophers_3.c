// Bug: see philosophers.h; three of them.
#define PHILOSOPHERS 3
#include "philosophers.h"
