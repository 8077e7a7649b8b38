// The C library's functions that make text of values, and values of text.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "printing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static int print_to(char *to, size_t room, const char *format, va_list *more,
                    uint64_t pc)
{
    va_list arguments;

    printing_reads(format, *more, pc);
    va_copy(arguments, *more);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length >= 0 && room > 0)
        access_memory(to, (size_t)length < room ? (size_t)length + 1 : room,
                      true, pc);
    return vsnprintf(to, room, format, *more);
}

int interleave_vsnprintf(char *to, size_t room, const char *format,
                         va_list arguments)
{
    va_list copy;

    va_copy(copy, arguments);
    int length = print_to(to, room, format, &copy, CALLER);
    va_end(copy);
    return length;
}

int interleave_snprintf(char *to, size_t room, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = print_to(to, room, format, &arguments, CALLER);
    va_end(arguments);
    return length;
}

// Room without a limit: the C library takes it as it is.
enum { ENDLESS = 0x7fffffff };

int interleave_vsprintf(char *to, const char *format, va_list arguments)
{
    va_list copy;

    va_copy(copy, arguments);
    int length = print_to(to, ENDLESS, format, &copy, CALLER);
    va_end(copy);
    return length;
}

int interleave_sprintf(char *to, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = print_to(to, ENDLESS, format, &arguments, CALLER);
    va_end(arguments);
    return length;
}

#define NUMBER(type, name, parameters, arguments)             \
    type interleave_##name parameters                         \
    {                                                         \
        access_memory(text, strlen(text) + 1, false, CALLER); \
        return name arguments;                                \
    }
#define BASE (const char *text, char **end, int base)
#define END (const char *text, char **end)
#define ONLY (const char *text)
NUMBER(int, atoi, ONLY, (text))
NUMBER(long, atol, ONLY, (text))
NUMBER(long long, atoll, ONLY, (text))
NUMBER(double, atof, ONLY, (text))
NUMBER(long, strtol, BASE, (text, end, base))
NUMBER(unsigned long, strtoul, BASE, (text, end, base))
NUMBER(long long, strtoll, BASE, (text, end, base))
NUMBER(unsigned long long, strtoull, BASE, (text, end, base))
NUMBER(double, strtod, END, (text, end))

// What newer C libraries (glibc 2.38) call these in their headers.
#define ALSO(type, name)                                        \
    type interleave___isoc23_##name(const char *, char **, int) \
        __attribute__((alias("interleave_" #name)));
ALSO(long, strtol)
ALSO(unsigned long, strtoul)
ALSO(long long, strtoll)
ALSO(unsigned long long, strtoull)

// What it sorts is read and written; the program's own comparison is seen
// anyway.
void interleave_qsort(void *base, size_t count, size_t size,
                      int (*compare)(const void *, const void *))
{
    access_memory(base, count * size, false, CALLER);
    access_memory(base, count * size, true, CALLER);
    qsort(base, count, size, compare);
}
