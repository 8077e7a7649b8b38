// shrink: fewer switches that still fail.
#ifndef SHRINK_H
#define SHRINK_H

#include "program.h"

// How it went: changes from one thread to another, before and after.
struct shrinking {
    uint32_t before, after, runs;
};

// The run that program->shared holds has found something. Makes the order a
// written schedule that fails in the same way with as few turns as it can, by
// taking turns away and joining them as long as that works (Zeller and
// Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE TSE
// 28(2), 2002), and leaves the trace of that run, with every access, in
// program->shared. Returns false if it cannot be run again so that it fails.
bool shrink(struct program *program);

// The same, and says how it went.
bool shrink_counted(struct program *program, struct shrinking *shrinking);

#endif
