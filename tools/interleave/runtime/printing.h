// printing: printf(3) and its kin.
#ifndef PRINTING_H
#define PRINTING_H

#include <stdarg.h>
#include <stdint.h>

// The texts that %s prints are read.
void printing_reads(const char *format, va_list arguments, uint64_t pc);

// Text is read: all of it, or (precision not -1) so many bytes at most.
void printing_reads_text(const char *text, int precision, uint64_t pc);

#endif
