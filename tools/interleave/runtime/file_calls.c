// The calls of stdio that hold a file while they read or write.
#include <stdarg.h>

#include "file.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

#define HOLDING(file, type, call)         \
    bool held = file_enter(file, CALLER); \
    type result = call;                   \
    if (held)                             \
        file_leave(file);                 \
    return result

char *interleave_fgets(char *text, int size, FILE *file)
{
    HOLDING(file, char *, fgets(text, size, file));
}

int interleave_fgetc(FILE *file)
{
    HOLDING(file, int, fgetc(file));
}

int interleave_getc(FILE *file)
{
    HOLDING(file, int, getc(file));
}

size_t interleave_fread(void *to, size_t size, size_t count, FILE *file)
{
    HOLDING(file, size_t, fread(to, size, count, file));
}

int interleave_fputs(const char *text, FILE *file)
{
    HOLDING(file, int, fputs(text, file));
}

int interleave_fputc(int byte, FILE *file)
{
    HOLDING(file, int, fputc(byte, file));
}

int interleave_putc(int byte, FILE *file)
{
    HOLDING(file, int, putc(byte, file));
}

size_t interleave_fwrite(const void *from, size_t size, size_t count,
                         FILE *file)
{
    HOLDING(file, size_t, fwrite(from, size, count, file));
}

int interleave_vfprintf(FILE *file, const char *format, va_list arguments)
{
    HOLDING(file, int, vfprintf(file, format, arguments));
}

int interleave_fflush(FILE *file)
{
    HOLDING(file, int, fflush(file));
}

int interleave_fprintf(FILE *file, const char *format, ...)
{
    bool held = file_enter(file, CALLER);
    va_list arguments;

    va_start(arguments, format);
    int length = vfprintf(file, format, arguments);
    va_end(arguments);
    if (held)
        file_leave(file);
    return length;
}
