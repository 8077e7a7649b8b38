#include "json_line.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

// <sanitizer/common_interface_defs.h>
void __sanitizer_symbolize_pc(void *pc, const char *format, char *text,
                              size_t size);

void line_begin(struct line *line)
{
    line->length = 0;
    line->full = false;
}

void line_add(struct line *line, const char *format, ...)
{
    size_t room = LINE_SIZE - line->length;
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(line->text + line->length, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room)
        line->full = true;
    else
        line->length += (size_t)length;
}

void line_string(struct line *line, const char *text)
{
    line_add(line, "\"");
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= ' ')
            line_add(line, *text == '"' || *text == '\\' ? "\\%c" : "%c",
                     *text);
    line_add(line, "\"");
}

void line_frames(struct line *line, void *const trace[FRAMES])
{
    line_add(line, "\"frames\":[");
    for (int i = 0; i < FRAMES && trace[i] != NULL; i++) {
        char function[512], file[512], number[32];
        void *call = (char *)trace[i] - 1; // it is before where it returns to

        __sanitizer_symbolize_pc(call, "%f", function, sizeof function);
        __sanitizer_symbolize_pc(call, "%s", file, sizeof file);
        __sanitizer_symbolize_pc(call, "%l", number, sizeof number);
        line_add(line, "%s{\"function\":", i > 0 ? "," : "");
        line_string(line, function);
        line_add(line, ",\"file\":");
        line_string(line, file);
        line_add(line, ",\"line\":%d}", atoi(number));
    }
    line_add(line, "]");
}

void line_write(const struct line *line, const char *variable)
{
    const char *path = getenv(variable);

    if (path == NULL || line->full)
        return;
    long file = syscall(SYS_openat, AT_FDCWD, path,
                        O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (file < 0)
        return;
    (void)!syscall(SYS_write, file, line->text, line->length);
    syscall(SYS_close, file);
}
