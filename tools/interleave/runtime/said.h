// said: what a step of input or output was about, in words.
#ifndef SAID_H
#define SAID_H

#include <stddef.h>

// The words of the last step. They are kept only when every access is recorded:
// for those who look at the run later.
void said(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The last step opened or closed these descriptors (-1: there is no second
// one). Their numbers are its value, the second one in the upper half.
void said_descriptors(int first, int second);

// The words of the last step: some bytes, quoted, and what is in front of
// (from, to) the name of the other side.
void said_bytes(const char *bytes, size_t size, const char *where,
                const char *name);

#endif
