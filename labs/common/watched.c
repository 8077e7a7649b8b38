// A box office with a fixed number of threads, where clients can watch.
//
// usage: server PORT [SEATS [WORKERS]]
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "net.h"
#include "serve.h"
#include "session.h"
#include "theatre.h"
#include "watch.h"

struct conversation {
    int connection;
    struct session session;
    struct watcher *watcher; // NULL: it does not watch
};

static bool send_line(int connection, char line[LINE_SIZE + 1])
{
    strcat(line, "\n");
    return net_send(connection, line, strlen(line));
}

// Events and replies are small, and each is sent by itself. They go out at
// once, not when the client has confirmed the one before: tcp(7).
static void send_at_once(int connection)
{
    const int on = 1;

    // If it can't be had, all is only slower.
    (void)setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

// The reply to WATCH is the first thing that the watcher gets.
static bool begin_to_watch(struct conversation *conversation, const char *reply)
{
    char refusal[] = "ERR busy\n";

    send_at_once(conversation->connection);
    conversation->watcher = watch_begin(conversation->connection, reply);
    if (conversation->watcher == NULL)
        net_send(conversation->connection, refusal, strlen(refusal));
    return conversation->watcher != NULL;
}

static bool answer(void *context, enum line_status status, const char *request)
{
    struct conversation *conversation = context;
    char reply[LINE_SIZE + 1]; // and its line end
    bool more = session_answer(&conversation->session, status, request, reply);
    bool sent;

    if (conversation->watcher != NULL)
        sent = watch_reply(conversation->watcher, reply);
    else if (conversation->session.watching)
        sent = begin_to_watch(conversation, reply);
    else
        sent = send_line(conversation->connection, reply);
    return sent && more;
}

static bool serve_watching(int connection)
{
    struct conversation conversation = {.connection = connection};

    session_init(&conversation.session);
    conversation.session.may_watch = true;
    bool listens = serve_lines(connection, answer, &conversation);
    if (conversation.watcher != NULL && !watch_end(conversation.watcher))
        listens = false;
    return listens;
}

int main(int argc, char *argv[])
{
    seats_tell(watch_tell);
    return theatre_run(argc, argv, serve_watching);
}
