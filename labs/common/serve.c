#include "serve.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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

enum serve_status serve_once(int connection, struct line_buffer *buffer,
                             serve_answer *answer, void *context)
{
    char request[LINE_SIZE];
    enum line_status status;
    size_t room;
    char *space = line_space(buffer, &room);
    size_t count = receive(connection, space, room);

    if (count == 0)
        return SERVE_END_OF_FILE;
    line_added(buffer, count);
    while ((status = line_next(buffer, request)) != LINE_NONE)
        if (!answer(context, status, request))
            return SERVE_DONE;
    return SERVE_MORE;
}

struct conversation {
    int connection;
    struct session session;
};

static bool answer(void *context, enum line_status status, const char *request)
{
    struct conversation *conversation = context;
    char reply[LINE_SIZE + 1]; // and its line end
    bool more = session_answer(&conversation->session, status, request, reply);

    strcat(reply, "\n");
    return net_send(conversation->connection, reply, strlen(reply)) && more;
}

bool serve_client(int connection)
{
    struct conversation conversation = {.connection = connection};
    struct line_buffer buffer;
    enum serve_status status;

    session_init(&conversation.session);
    line_init(&buffer);
    do
        status = serve_once(connection, &buffer, answer, &conversation);
    while (status == SERVE_MORE);
    return status == SERVE_END_OF_FILE;
}
