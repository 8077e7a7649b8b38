// shrink_command: interleave shrink.
#ifndef SHRINK_COMMAND_H
#define SHRINK_COMMAND_H

// Follows a written schedule and writes a shorter one that fails in the same
// way; returns the exit status of the tool, as replay_main does.
int shrink_main(int argc, char *argv[]);

#endif
