// stdio: its locks, and what it prints.
//
// The C library's own locks are never held at a scheduling point. flockfile(3)
// is a lock of ours, for which those that print wait.
#include "printing.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "access.h"
#include "baton.h"
#include "mutex.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

// ---- arguments ----

struct directive {
    char conversion;
    char length[3]; // "hh", "l", "ll", "z", ...
    int precision;  // -1: none
};

static int read_amount(const char **at, va_list *arguments, int none)
{
    int number = none;

    if (**at == '*') {
        (*at)++;
        return va_arg(*arguments, int);
    }
    for (; **at >= '0' && **at <= '9'; (*at)++)
        number = (number > 0 ? number : 0) * 10 + (**at - '0');
    return number;
}

// From behind the "%" to behind the conversion.
static struct directive read_directive(const char **at, va_list *arguments)
{
    struct directive directive = {.precision = -1};

    *at += strspn(*at, "-+ #0'");
    read_amount(at, arguments, 0);
    if (**at == '.') {
        (*at)++;
        directive.precision = read_amount(at, arguments, 0);
    }
    for (size_t i = 0; **at != '\0' && strchr("hlqjzZtL", **at) != NULL;
         (*at)++)
        if (i < 2)
            directive.length[i++] = **at;
    if (**at != '\0')
        directive.conversion = *(*at)++;
    return directive;
}

static void skip_real(char length, va_list *arguments)
{
    if (length == 'L') {
        (void)va_arg(*arguments, long double);
        return;
    }
    (void)va_arg(*arguments, double);
}

// Each takes eight bytes, whatever its type.
static void skip_integer(va_list *arguments)
{
    (void)va_arg(*arguments, long long);
}

static void skip_number(const struct directive *directive, va_list *arguments)
{
    if (strchr("aAeEfFgG", directive->conversion) != NULL)
        skip_real(directive->length[0], arguments);
    else
        skip_integer(arguments);
}

static void read_text(const char *text, int precision, uint64_t pc)
{
    if (text == NULL)
        return;
    size_t length =
        precision >= 0 ? strnlen(text, (size_t)precision) : strlen(text);
    bool ended = precision < 0 || length < (size_t)precision;

    access_memory(text, length + (ended ? 1 : 0), false, pc);
}

static void read_one(const struct directive *directive, va_list *arguments,
                     uint64_t pc)
{
    bool is_text = directive->conversion == 's' && directive->length[0] == '\0';

    if (strchr("%m", directive->conversion) != NULL)
        return;
    if (strchr("spn", directive->conversion) == NULL) {
        skip_number(directive, arguments);
        return;
    }
    const void *pointer = va_arg(*arguments, void *);
    if (is_text)
        read_text(pointer, directive->precision, pc);
}

void printing_reads(const char *format, va_list arguments, uint64_t pc)
{
    va_list rest;

    if (run_is_over || strchr(format, '$') != NULL)
        return;
    va_copy(rest, arguments);
    while ((format = strchr(format, '%')) != NULL) {
        format++;
        struct directive directive = read_directive(&format, &rest);

        if (directive.conversion == '\0')
            break;
        read_one(&directive, &rest, pc);
    }
    va_end(rest);
}

// ---- files ----

static struct object *lock_of(FILE *file)
{
    struct object *object = object_at(file);

    object->type = PTHREAD_MUTEX_RECURSIVE;
    return object;
}

void interleave_flockfile(FILE *file)
{
    if (run_is_over)
        flockfile(file);
    else
        mutex_lock(lock_of(file), CALLER);
}

int interleave_ftrylockfile(FILE *file)
{
    return run_is_over ? ftrylockfile(file)
                       : mutex_try_lock(lock_of(file), CALLER);
}

void interleave_funlockfile(FILE *file)
{
    if (run_is_over)
        funlockfile(file);
    else
        mutex_unlock(lock_of(file), CALLER);
}

// Waits while another thread has the file for itself.
static void await_file(FILE *file, uint64_t pc)
{
    if (run_is_over)
        return;
    const struct object *object = object_find((uint64_t)(uintptr_t)file);

    thread_self->pc = pc;
    if (object == NULL || object->holder == NOBODY ||
        object->holder == thread_self->number)
        return;
    interleave_flockfile(file);
    interleave_funlockfile(file);
}

static int print(FILE *file, const char *format, va_list *arguments,
                 uint64_t pc)
{
    printing_reads(format, *arguments, pc);
    await_file(file, pc);
    return vfprintf(file, format, *arguments);
}

#define PRINT(name, parameters, file)                         \
    int interleave_##name parameters                          \
    {                                                         \
        va_list arguments;                                    \
                                                              \
        va_start(arguments, format);                          \
        int length = print(file, format, &arguments, CALLER); \
        va_end(arguments);                                    \
        return length;                                        \
    }
PRINT(printf, (const char *format, ...), stdout)
PRINT(fprintf, (FILE * file, const char *format, ...), file)

int interleave_vfprintf(FILE *file, const char *format, va_list arguments)
{
    va_list copy;

    va_copy(copy, arguments);
    int length = print(file, format, &copy, CALLER);
    va_end(copy);
    return length;
}

int interleave_vprintf(const char *format, va_list arguments)
{
    return interleave_vfprintf(stdout, format, arguments);
}

int interleave_puts(const char *text)
{
    read_text(text, -1, CALLER);
    await_file(stdout, CALLER);
    return puts(text);
}

int interleave_fputs(const char *text, FILE *file)
{
    read_text(text, -1, CALLER);
    await_file(file, CALLER);
    return fputs(text, file);
}

#define PUT(name)                                    \
    int interleave_##name(int character, FILE *file) \
    {                                                \
        await_file(file, CALLER);                    \
        return name(character, file);                \
    }
PUT(fputc)
PUT(putc)

int interleave_putchar(int character)
{
    await_file(stdout, CALLER);
    return putchar(character);
}

int interleave_fflush(FILE *file)
{
    if (file != NULL)
        await_file(file, CALLER);
    return fflush(file);
}

size_t interleave_fwrite(const void *from, size_t size, size_t count,
                         FILE *file)
{
    access_memory(from, size * count, false, CALLER);
    await_file(file, CALLER);
    return fwrite(from, size, count, file);
}

size_t interleave_fread(void *to, size_t size, size_t count, FILE *file)
{
    await_file(file, CALLER);
    size_t done = fread(to, size, count, file);
    access_memory(to, size * done, true, CALLER);
    return done;
}

char *interleave_fgets(char *to, int room, FILE *file)
{
    await_file(file, CALLER);
    char *line = fgets(to, room, file);
    if (line != NULL)
        access_memory(to, strlen(to) + 1, true, CALLER);
    return line;
}
