#include "said.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

#include "run.h"

enum { SHOWN = 40 }; // bytes of a text

void said(const char *format, ...)
{
    va_list arguments;

    if (run_is_over || !run_shared->order.record_all ||
        run_shared->said_count >= SAID_LIMIT)
        return;
    struct said *said = &run_shared->said[run_shared->said_count++];
    said->step = run_shared->steps - 1;
    va_start(arguments, format);
    vsnprintf(said->text, sizeof said->text, format, arguments);
    va_end(arguments);
}

void said_descriptors(int first, int second)
{
    if (run_is_over || run_shared->steps > TRACE_LIMIT)
        return;
    run_shared->trace[run_shared->steps - 1].value =
        (uint32_t)first | (uint64_t)(uint32_t)second << 32;
    if (second < 0)
        said("descriptor %d", first);
    else
        said("descriptors %d and %d", first, second);
}

void said_bytes(const char *bytes, size_t size, const char *where,
                const char *name)
{
    char text[SHOWN + 1];
    size_t length = 0;

    if (run_is_over || !run_shared->order.record_all)
        return;
    while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
        size--;
    for (; length < size && length < SHOWN; length++)
        text[length] =
            isprint((unsigned char)bytes[length]) ? bytes[length] : '.';
    text[length] = '\0';
    said("\"%s%s\"%s%s%s%s", text, size > SHOWN ? "..." : "",
         where[0] != '\0' ? " " : "", where, name[0] != '\0' ? " " : "", name);
}
