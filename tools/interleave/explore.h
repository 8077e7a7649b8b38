// explore: `interleave explore`.
#ifndef EXPLORE_H
#define EXPLORE_H

// Searches; returns the exit status of the tool. argv[0] is "explore".
int explore_main(int argc, char *argv[]);

#endif
