// choosing: which seat is to change next?
#ifndef CHOOSING_H
#define CHOOSING_H

#include "placing.h"

// The change to try first when the operation `due` has to be placed and its
// reply is not right yet: one that leads there. NO_OPERATION if there is none.
int choosing_goal(const struct placing *placing, int due);

// The changes that may come now, apart from `goal`, are numbered from 0, those
// whose time is over first coming first. Returns one of them, or NO_OPERATION.
int choosing_other(const struct placing *placing, int goal, int number);

// For qsort_r: compares two indices by the operations' latest time; the
// context is the array of operations.
int choosing_compare(const void *left, const void *right, void *operations);

#endif
