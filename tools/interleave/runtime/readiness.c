#include "readiness.h"

#include <poll.h>

#include "object.h"

static short events_of_listener(const struct end *end)
{
    return end->shut ? POLLIN | POLLHUP
                     : (short)(end->waiting > 0 ? POLLIN : 0);
}

static short events_of_pipe(const struct end *end)
{
    short events = 0;

    if (end->in != NULL && end->in->count > 0)
        events |= POLLIN;
    if (end->in != NULL && end->in->ended)
        events |= POLLHUP;
    if (end->out != NULL && (stream_room(end->out) > 0 || end->out->unread))
        events |= POLLOUT;
    if (end->out != NULL && end->out->unread)
        events |= POLLERR;
    return events;
}

short readiness_of(const struct end *end)
{
    short events = 0;

    if (end->state == END_LISTENING)
        return events_of_listener(end);
    if (end->state == END_PIPE)
        return events_of_pipe(end);
    if (end->error != 0)
        events |= POLLERR;
    if (end->state == END_FRESH)
        return events | POLLOUT | POLLHUP;
    if (end_is_readable(end))
        events |= POLLIN;
    bool heard_all = end->in->ended || end->shut;
    if (heard_all)
        events |= POLLIN | POLLRDHUP;
    if (end_is_writable(end))
        events |= POLLOUT;
    bool ended =
        end->out->ended || (end->family == AF_UNIX && end->out->unread);
    if (end->reset || (heard_all && ended))
        events |= POLLHUP;
    return events;
}

void readiness_learn(const struct end *end)
{
    if (end->in != NULL)
        object_acquire(object_at(end->in));
    else
        object_acquire(object_at((void *)(uintptr_t)end_doors_object()));
}
