// capture: what a function prints to standard output or standard error.
//
// Between capture_begin and capture_end nothing may be asserted: a test that
// fails there would leave the stream as it is.
#ifndef CAPTURE_H
#define CAPTURE_H

#include <stdio.h>
#include <unistd.h>

struct capture {
    FILE *stream, *file;
    int kept; // a copy of the stream's descriptor
};

static inline struct capture capture_begin(FILE *stream)
{
    struct capture capture = {.stream = stream, .file = tmpfile()};

    fflush(stream);
    capture.kept = dup(fileno(stream));
    dup2(fileno(capture.file), fileno(stream));
    return capture;
}

// Writes the beginning of what was printed, as a string.
static inline void capture_end(struct capture *capture, char *text, size_t size)
{
    fflush(capture->stream);
    dup2(capture->kept, fileno(capture->stream));
    close(capture->kept);
    rewind(capture->file);
    text[fread(text, 1, size - 1, capture->file)] = '\0';
    fclose(capture->file);
}

#endif
