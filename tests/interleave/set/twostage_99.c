// Bug: see twostage.h; with 99 writers.
#define WRITERS 99
#include "twostage.h"
