// What the printf family reads: its arguments that are text.
#include "printing.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "access.h"
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

void printing_reads_text(const char *text, int precision, uint64_t pc)
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
        printing_reads_text(pointer, directive->precision, pc);
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
