// random_program: small programs by chance, for `operations`.
#ifndef RANDOM_PROGRAM_H
#define RANDOM_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "report.h"

struct random_program {
    int threads;                                  // main included
    char letters[THREADS_MOST][LETTERS_MOST + 1]; // of each
};

// The program of that number: always the same one, of the operations in
// `letters`. Every fourth has three threads, the others two.
void random_program_make(struct random_program *program, const char *letters,
                         uint64_t number);

// Leaves out one operation, the `index`th of all. Returns false if there are
// not so many, or it is the last one.
bool random_program_shorten(struct random_program *program, int index);

// For messages: 'pX' 'vx'. Of at least PROGRAM_TEXT bytes.
enum { PROGRAM_TEXT = THREADS_MOST * (LETTERS_MOST + 4) };
void random_program_write(const struct random_program *program, char *text);

#endif
