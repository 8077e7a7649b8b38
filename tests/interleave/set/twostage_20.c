// Bug: see twostage.h; with 20 writers.
#define WRITERS 20
#include "twostage.h"
