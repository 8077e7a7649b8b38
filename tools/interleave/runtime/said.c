#include "said.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "run.h"

enum { SHOWN = 40 }; // letters of a text

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

// One byte as C writes it in a text.
static void write_byte(unsigned char byte, char text[5])
{
    static const char special[] = "\n\r\t\"\\", letter[] = "nrt\"\\";
    const char *found = byte != '\0' ? strchr(special, byte) : NULL;

    if (found != NULL)
        snprintf(text, 5, "\\%c", letter[found - special]);
    else
        snprintf(text, 5, isprint(byte) ? "%c" : "\\%03o", byte);
}

void said_bytes(const char *bytes, size_t size, const char *where,
                const char *name)
{
    char text[SHOWN + 5] = "", one[5];
    size_t length = 0, i = 0;

    if (run_is_over || !run_shared->order.record_all)
        return;
    for (; i < size && length < SHOWN; i++) {
        write_byte((unsigned char)bytes[i], one);
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%s", one);
    }
    said("\"%s%s\"%s%s%s%s", text, i < size ? "..." : "",
         where[0] != '\0' ? " " : "", where, name[0] != '\0' ? " " : "", name);
}
