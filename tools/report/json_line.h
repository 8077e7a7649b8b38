// json_line: one JSON object, written as one line from inside of a detector.
//
// A report is made while the program stands still, possibly within malloc. So
// nothing here allocates, and no function is called that a detector intercepts,
// apart from snprintf.
#ifndef JSON_LINE_H
#define JSON_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum { FRAMES = 16, LINE_SIZE = 16384 };

// What does not fit is left out: `full` says so.
struct line {
    char text[LINE_SIZE];
    size_t length;
    bool full;
};

void line_begin(struct line *line);

__attribute__((format(printf, 2, 3))) void line_add(struct line *line,
                                                    const char *format, ...);

// A JSON string. Names of C have nothing to escape but what a path may have.
void line_string(struct line *line, const char *text);

// "frames": the functions, files and lines of a stack, the innermost first. A
// trace holds return addresses, and ends with NULL if it is shorter.
void line_frames(struct line *line, void *const trace[FRAMES]);

// Appends the line to the file that the environment variable names. Without the
// variable, or if the line is full, nothing is written: the text of the report
// is still there.
void line_write(const struct line *line, const char *variable);

#endif
