// cc: `interleave cc`.
#ifndef CC_H
#define CC_H

// Builds; returns the exit status of the tool. argv[0] is "cc".
int cc_main(int argc, char *argv[]);

#endif
