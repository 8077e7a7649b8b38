// play: `interleave play`.
#ifndef PLAY_H
#define PLAY_H

// The person at the terminal is the scheduler; returns the exit status of the
// tool: 1 if the run failed in the end, 0 if not, 2 wrong usage, 3 it could not
// be judged.
int play_main(int argc, char *argv[]);

#endif
