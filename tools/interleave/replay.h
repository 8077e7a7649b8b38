// replay: `interleave replay`.
#ifndef REPLAY_H
#define REPLAY_H

// Follows a written schedule; returns the exit status of the tool: 1 it fails,
// 0 it runs clean, 2 wrong usage, 3 it cannot be followed.
int replay_main(int argc, char *argv[]);

#endif
