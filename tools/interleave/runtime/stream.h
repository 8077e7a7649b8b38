// stream: bytes on their way, in one direction.
//
// No kernel is asked: what one thread writes, another one reads, in memory. So
// nothing depends on timing, and two runs cannot get into each other's way.
#ifndef STREAM_H
#define STREAM_H

#include <stdbool.h>
#include <stddef.h>

enum { STREAM_SIZE = 64 << 10 }; // as much as a pipe takes: pipe(7)

struct stream {
    char *bytes;  // a ring
    size_t first; // where the oldest byte is
    size_t count;
    bool ended;  // nothing is written any more
    bool unread; // nobody reads any more
};

struct stream *stream_new(void);

size_t stream_room(const struct stream *stream);

// Copies at most `size` bytes in, or out; returns how many. Who takes bytes
// knows afterwards what those who have put bytes in did before.
size_t stream_put(struct stream *stream, const char *bytes, size_t size);
size_t stream_take(struct stream *stream, char *bytes, size_t size);

// As stream_take, and leaves them there.
size_t stream_peek(const struct stream *stream, char *bytes, size_t size);

// How long the first line is, its '\n' included; 0: there is no whole line.
size_t stream_line(const struct stream *stream);

// The writer has finished; the reader learns that.
void stream_end(struct stream *stream);
void stream_see_end(struct stream *stream);

#endif
