// A box office that stands: few threads, however many clients; and clients can
// watch.
//
// usage: server PORT [SEATS [WORKERS]]
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "line.h"
#include "lobby.h"
#include "net.h"
#include "serve.h"
#include "session.h"
#include "theatre.h"
#include "watch.h"

enum { KEPT_FOR_A_CLIENT = 64 * 1024 }; // bytes, by the kernel

struct conversation {
    int connection;
    struct line_buffer requests;
    struct session session;
    struct watcher *watcher; // NULL: it does not watch
    enum serve_status status;
};

static bool send_line(int connection, char line[LINE_SIZE + 1])
{
    strcat(line, "\n");
    return net_send(connection, line, strlen(line));
}

// The reply to WATCH is the first thing that the watcher gets.
static bool begin_to_watch(struct conversation *conversation, const char *reply)
{
    char refusal[] = "ERR busy\n";

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

static bool serve(void *guest)
{
    struct conversation *conversation = guest;

    conversation->status =
        serve_once(conversation->connection, &conversation->requests, answer,
                   conversation);
    return conversation->status == SERVE_MORE;
}

static void part(void *guest)
{
    struct conversation *conversation = guest;
    bool listens = conversation->status == SERVE_END_OF_FILE;

    if (conversation->watcher != NULL && !watch_end(conversation->watcher))
        listens = false;
    if (listens && lobby_is_closing())
        theatre_say_closing(conversation->connection);
    free(conversation);
}

static struct conversation *begin(int connection)
{
    struct conversation *conversation = malloc(sizeof *conversation);

    if (conversation == NULL)
        return NULL;
    conversation->connection = connection;
    conversation->watcher = NULL;
    line_init(&conversation->requests);
    session_init(&conversation->session);
    conversation->session.may_watch = true;
    return conversation;
}

// Events and replies are small, and each is sent by itself: they go out at
// once, not when the client has confirmed the one before. And what a client
// does not read is kept by the kernel, up to megabytes for each, unless it is
// told how much: tcp(7), socket(7). If either can't be had, the server is only
// slower, or bigger.
static void prepare(int connection)
{
    const int on = 1, room = KEPT_FOR_A_CLIENT;

    (void)setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    (void)setsockopt(connection, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
}

static bool admit(int connection)
{
    struct conversation *conversation = begin(connection);

    prepare(connection);
    if (conversation != NULL && lobby_enter(connection, conversation))
        return true;
    free(conversation);
    return false;
}

static bool open_lobby(int workers)
{
    return lobby_open(workers, serve, part);
}

int main(int argc, char *argv[])
{
    static const struct theatre watched = {open_lobby, admit, lobby_is_closing,
                                           lobby_close};

    seats_tell(watch_tell);
    return theatre_run(argc, argv, &watched);
}
