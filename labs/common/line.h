// line: cuts the lines of the protocol out of a stream of bytes.
//
// TCP carries bytes, not lines: one read may bring half a line or three lines.
// The caller reads into the buffer and takes out whole lines:
//
//     space = line_space(&buffer, &room);
//     count = read(connection, space, room);
//     if (count <= 0)
//         return; // end of file, or an error
//     line_added(&buffer, count);
//     while ((status = line_next(&buffer, line)) != LINE_NONE)
//         ...
//
// No input or output happens here and no memory is allocated. A buffer belongs
// to one connection and so to one thread: nothing is locked.
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    LINE_LIMIT = 128,           // bytes in a line, its CR and LF not counted
    LINE_SIZE = LINE_LIMIT + 1, // a line as a C string
};

struct line_buffer {
    char bytes[1024];
    size_t start;  // the first byte that no line has been made of
    size_t end;    // one past the last byte that was read
    bool skipping; // inside a line that was too long: drop it up to its LF
};

enum line_status {
    LINE_NONE,     // no whole line yet: read more
    LINE_READY,    // a line
    LINE_TOO_LONG, // more than LINE_LIMIT bytes; they are dropped up to the LF
    LINE_NOT_TEXT, // a byte outside printable ASCII; the line is dropped
};

// Makes the buffer empty.
void line_init(struct line_buffer *buffer);

// Returns where the next bytes may be put; *room says how many, at least one
// as long as line_next is called until it returns LINE_NONE.
char *line_space(struct line_buffer *buffer, size_t *room);

// Says that `count` bytes, at most the room, were put there.
void line_added(struct line_buffer *buffer, size_t count);

// Takes the next line out of the buffer. When the result is LINE_READY, `line`
// is that line, terminated by a NUL, without its LF or CRLF.
enum line_status line_next(struct line_buffer *buffer, char line[LINE_SIZE]);

#endif
