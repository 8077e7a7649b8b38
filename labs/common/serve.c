#include "serve.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "line.h"
#include "net.h"
#include "session.h"

// Returns how many bytes came: 0 at the end of file or if the client is gone.
static size_t receive(int connection, char *space, size_t room)
{
    ssize_t count;

    do
        count = read(connection, space, room);
    while (count < 0 && errno == EINTR);
    return count < 0 ? 0 : (size_t)count;
}

// Answers every whole line in the buffer. Returns whether to go on.
static bool answer_lines(int connection, struct session *session,
                         struct line_buffer *buffer)
{
    char request[LINE_SIZE];
    char reply[LINE_SIZE + 1]; // and its line end
    enum line_status status;

    while ((status = line_next(buffer, request)) != LINE_NONE) {
        bool more = session_answer(session, status, request, reply);

        strcat(reply, "\n");
        if (!net_send(connection, reply, strlen(reply)) || !more)
            return false;
    }
    return true;
}

void serve_client(int connection)
{
    struct line_buffer buffer;
    struct session session;

    line_init(&buffer);
    session_init(&session);
    for (;;) {
        size_t room;
        char *space = line_space(&buffer, &room);
        size_t count = receive(connection, space, room);

        if (count == 0)
            return;
        line_added(&buffer, count);
        if (!answer_lines(connection, &session, &buffer))
            return;
    }
}
