#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { TEXT_SIZE = 201 };

void log_line(const char *format, ...)
{
    char text[TEXT_SIZE];
    char line[TEXT_SIZE + 16];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    int length = snprintf(line, sizeof line, "server: %s\n", text);
    if (write(STDERR_FILENO, line, (size_t)length) < 0)
        return; // nobody is left to tell
}
