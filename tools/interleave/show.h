// show: `interleave show`.
#ifndef SHOW_H
#define SHOW_H

// Follows a written schedule and draws what happens; returns the exit status of
// the tool: 0 it is drawn, 2 wrong usage, 3 it cannot be followed.
int show_main(int argc, char *argv[]);

#endif
