// Bug: see twostage.h; with two writers.
#define WRITERS 2
#include "twostage.h"
