// What the scanf family writes: the variables that its arguments point to.
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "access.h"
#include "file.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

struct directive {
    char conversion;
    bool suppressed, allocates;
    char length[3]; // "hh", "l", ...
    size_t width;   // 0: none is given
};

// From behind "[" to behind its "]".
static const char *behind_set(const char *at)
{
    at += *at == '^';
    at += *at == ']';
    at = strchr(at, ']');
    return at != NULL ? at + 1 : "";
}

// From behind the "%" to behind the conversion.
static const char *read_directive(const char *at, struct directive *directive)
{
    char *end;

    *directive = (struct directive){.suppressed = *at == '*'};
    at += *at == '*';
    directive->width = isdigit((unsigned char)*at) ? strtoul(at, &end, 10) : 0;
    if (directive->width > 0)
        at = end;
    directive->allocates = *at == 'm';
    at += *at == 'm';
    for (int i = 0; *at != '\0' && strchr("hlqjztL", *at) != NULL; at++)
        if (i < 2)
            directive->length[i++] = *at;
    directive->conversion = *at;
    at += *at != '\0';
    return directive->conversion == '[' ? behind_set(at) : at;
}

static size_t size_of_integer(const char *length)
{
    if (strcmp(length, "hh") == 0)
        return sizeof(char);
    if (length[0] == 'h')
        return sizeof(short);
    return length[0] == '\0' ? sizeof(int) : sizeof(long long);
}

static size_t size_of_real(const char *length)
{
    return length[0] == 'L'   ? sizeof(long double)
           : length[0] == 'l' ? sizeof(double)
                              : sizeof(float);
}

static size_t size_of(const struct directive *directive, const void *where)
{
    bool wide = directive->length[0] == 'l';

    if (directive->allocates || directive->conversion == 'p')
        return sizeof(void *);
    switch (directive->conversion) {
    case 's':
    case '[':
        return wide ? (wcslen(where) + 1) * sizeof(wchar_t) : strlen(where) + 1;
    case 'c':
        return (directive->width > 0 ? directive->width : 1) *
               (wide ? sizeof(wchar_t) : 1);
    default:
        return strchr("aAeEfFgG", directive->conversion) != NULL
                   ? size_of_real(directive->length)
                   : size_of_integer(directive->length);
    }
}

// The first `count` that were to be written were. ("%1$d" is not looked at.)
static void writes(const char *format, int count, va_list arguments,
                   uint64_t pc)
{
    struct directive directive;

    if (run_is_over || strchr(format, '$') != NULL)
        return;
    while (count > 0 && (format = strchr(format, '%')) != NULL) {
        format = read_directive(format + 1, &directive);
        if (directive.suppressed || directive.conversion == '%')
            continue;
        void *where = va_arg(arguments, void *);
        access_memory(where, size_of(&directive, where), true, pc);
        count -= directive.conversion != 'n';
    }
}

static int scan(FILE *file, const char *text, const char *format,
                va_list arguments, uint64_t pc)
{
    va_list outputs;

    va_copy(outputs, arguments);
    bool held = file != NULL && file_enter(file, pc);
    int count = file != NULL ? vfscanf(file, format, arguments)
                             : vsscanf(text, format, arguments);
    if (held)
        file_leave(file);
    writes(format, count, outputs, pc);
    va_end(outputs);
    return count;
}

#define SCAN(name, parameters, file, text)                       \
    int interleave_##name parameters                             \
    {                                                            \
        va_list arguments;                                       \
                                                                 \
        va_start(arguments, format);                             \
        int count = scan(file, text, format, arguments, CALLER); \
        va_end(arguments);                                       \
        return count;                                            \
    }                                                            \
    int interleave___isoc99_##name parameters                    \
        __attribute__((alias("interleave_" #name)));             \
    int interleave___isoc23_##name parameters                    \
        __attribute__((alias("interleave_" #name)));

SCAN(scanf, (const char *format, ...), stdin, NULL)
SCAN(fscanf, (FILE * file, const char *format, ...), file, NULL)
SCAN(sscanf, (const char *text, const char *format, ...), NULL, text)
