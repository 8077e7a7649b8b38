// printed: what the program prints becomes part of the record: for those who
// look at it later. It is no scheduling point.
#ifndef PRINTED_H
#define PRINTED_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// Before text goes to standard output or standard error, at pc; nothing is
// noted of other files. The arguments are left as they are.
void printed(FILE *file, uint64_t pc, const char *format, va_list arguments);
void printed_text(FILE *file, uint64_t pc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void printed_bytes(int descriptor, const char *bytes, size_t size, uint64_t pc);

#endif
