// symbols: names for addresses, from the program's debug information.
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shared.h"

struct symbols;

// Reads the debug information of a program (DWARF, with libdw of elfutils).
// Returns NULL if it has none.
struct symbols *symbols_open(const char *program);
void symbols_close(struct symbols *symbols);

// Names of thread-local variables need to know the run that they are in.
void symbols_know(struct symbols *symbols, const struct shared *shared);

// Where an address of code is: function, file and line. Returns false if that
// is not known; then function and file are "?" and line is 0. The strings live
// as long as the symbols.
struct place {
    const char *function, *file;
    int line;
};
bool symbols_place(struct symbols *symbols, uint64_t pc, struct place *place);

// The variable at an address, as the program would write it: "seats[7].holder".
// An address that belongs to no variable is written as a number.
void symbols_variable(struct symbols *symbols, uint64_t address, char *text,
                      size_t size);

// The code of a line of a file (its name without folders): fills in at most
// `room` stops and returns how many there are.
int symbols_line(struct symbols *symbols, const char *file, int line,
                 struct stop *stop, int room);

// The path of a source file that can be read, by its name without folders.
bool symbols_source(struct symbols *symbols, const char *file, char *path,
                    size_t size);

// Finds a source file of the program that carries an anchor.
bool symbols_anchor_file(struct symbols *symbols, const char *anchor,
                         char *file, size_t size);

// The line of a source file that carries the comment "// @anchor"; 0: none.
int symbols_anchor(struct symbols *symbols, const char *file,
                   const char *anchor);

// The anchor that a line carries. Returns false if it has none.
bool symbols_anchor_at(struct symbols *symbols, const char *file, int line,
                       char *anchor, size_t size);

// The code of a function. Returns false if there is none of that name.
bool symbols_function(struct symbols *symbols, const char *name,
                      struct stop *stop);

// What is at an address that nobody can write to, such as a string in the
// source. Returns false if it is no such address.
bool symbols_constant(struct symbols *symbols, uint64_t address, char *bytes,
                      size_t size);

// The address of a global or static variable; 0 if there is none of that name.
uint64_t symbols_address(struct symbols *symbols, const char *name);

#endif
