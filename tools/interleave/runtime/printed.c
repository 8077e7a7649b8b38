#include "printed.h"

#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

#include "run.h"
#include "said.h"

enum { LIMIT = 1024, SHOWN = 80 }; // texts, so that others find room; letters

static bool is_noted(int descriptor)
{
    static int count;

    return !run_is_over && run_shared->order.record_all &&
           (descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO) &&
           count++ < LIMIT;
}

static void note(int descriptor, const char *bytes, size_t size, uint64_t pc)
{
    bool is_error = descriptor == STDERR_FILENO;

    run_note_event(DEED_PRINT, 0, 0, pc);
    said_bytes(bytes, size, is_error ? "to" : "",
               is_error ? "standard error" : "");
}

void printed_bytes(int descriptor, const char *bytes, size_t size, uint64_t pc)
{
    if (size > 0 && is_noted(descriptor))
        note(descriptor, bytes, size, pc);
}

void printed(FILE *file, uint64_t pc, const char *format, va_list arguments)
{
    char text[SHOWN];
    int error = errno;
    va_list copy;

    if (!is_noted(fileno(file))) {
        errno = error;
        return;
    }
    va_copy(copy, arguments);
    int length = vsnprintf(text, sizeof text, format, copy);
    va_end(copy);
    if (length > 0)
        note(fileno(file), text,
             (size_t)length < sizeof text ? (size_t)length : sizeof text - 1,
             pc);
}

void printed_text(FILE *file, uint64_t pc, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    printed(file, pc, format, arguments);
    va_end(arguments);
}
