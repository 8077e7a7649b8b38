#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "run.h"

enum { STREAMS = 1 << 13 };

// Not from malloc, as ends: see end_new.
struct stream *stream_new(void)
{
    static struct stream all[STREAMS];
    static int count;

    if (count == STREAMS)
        run_end(FINDING_UNJUDGED, "more than %d streams", STREAMS);
    struct stream *stream = &all[count++];
    if ((stream->bytes = malloc(STREAM_SIZE)) == NULL)
        run_end(FINDING_UNJUDGED, "no memory left for a connection");
    return stream;
}

size_t stream_room(const struct stream *stream)
{
    return STREAM_SIZE - stream->count;
}

size_t stream_put(struct stream *stream, const char *bytes, size_t size)
{
    size_t room = stream_room(stream), count = size < room ? size : room;

    for (size_t done = 0; done < count;) {
        size_t at = (stream->first + stream->count) % STREAM_SIZE;
        size_t part = count - done;

        if (part > STREAM_SIZE - at)
            part = STREAM_SIZE - at;
        memcpy(stream->bytes + at, bytes + done, part);
        stream->count += part;
        done += part;
    }
    object_release(object_at(stream));
    return count;
}

size_t stream_peek(const struct stream *stream, char *bytes, size_t size)
{
    size_t count = size < stream->count ? size : stream->count;
    size_t behind = STREAM_SIZE - stream->first; // up to the ring's seam
    size_t part = count < behind ? count : behind;

    memcpy(bytes, stream->bytes + stream->first, part);
    memcpy(bytes + part, stream->bytes, count - part);
    object_acquire(object_at(stream));
    return count;
}

size_t stream_take(struct stream *stream, char *bytes, size_t size)
{
    size_t count = stream_peek(stream, bytes, size);

    stream->first = (stream->first + count) % STREAM_SIZE;
    stream->count -= count;
    return count;
}

size_t stream_line(const struct stream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        if (stream->bytes[(stream->first + i) % STREAM_SIZE] == '\n')
            return i + 1;
    return 0;
}

void stream_end(struct stream *stream)
{
    stream->ended = true;
    object_release(object_at(stream));
}

void stream_see_end(struct stream *stream)
{
    object_acquire(object_at(stream));
}
