#include "line.h"

#include <string.h>

void line_init(struct line_buffer *buffer)
{
    buffer->start = 0;
    buffer->end = 0;
    buffer->skipping = false;
}

char *line_space(struct line_buffer *buffer, size_t *room)
{
    size_t kept = buffer->end - buffer->start;

    memmove(buffer->bytes, buffer->bytes + buffer->start, kept);
    buffer->start = 0;
    buffer->end = kept;
    *room = sizeof buffer->bytes - kept;
    return buffer->bytes + kept;
}

void line_added(struct line_buffer *buffer, size_t count)
{
    buffer->end += count;
}

// The protocol is printable ASCII: no NUL, no tab, nothing above 0x7e.
static bool is_text(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] < ' ' || bytes[i] > '~')
            return false;
    return true;
}

// Judges the bytes before an LF. One CR at their end is not part of the line.
static enum line_status finish(const char *bytes, size_t length, char *line)
{
    if (length > 0 && bytes[length - 1] == '\r')
        length--;
    if (length > LINE_LIMIT)
        return LINE_TOO_LONG;
    if (!is_text(bytes, length))
        return LINE_NOT_TEXT;
    memcpy(line, bytes, length);
    line[length] = '\0';
    return LINE_READY;
}

// There is no LF in the buffer. A line that can no longer end in time (one
// byte more than the limit may be a CR) is reported at once, not at its LF:
// the LF may never come.
static enum line_status unfinished(struct line_buffer *buffer)
{
    bool too_long = buffer->end - buffer->start > LINE_LIMIT + 1;

    if (buffer->skipping || too_long)
        buffer->start = buffer->end;
    if (buffer->skipping || !too_long)
        return LINE_NONE;
    buffer->skipping = true;
    return LINE_TOO_LONG;
}

enum line_status line_next(struct line_buffer *buffer, char line[LINE_SIZE])
{
    for (;;) {
        char *bytes = buffer->bytes + buffer->start;
        size_t available = buffer->end - buffer->start;
        char *newline = memchr(bytes, '\n', available);

        if (newline == NULL)
            return unfinished(buffer);
        buffer->start += (size_t)(newline - bytes) + 1;
        if (!buffer->skipping)
            return finish(bytes, (size_t)(newline - bytes), line);
        buffer->skipping = false; // this LF ends the line that was too long
    }
}
