// A box office in one thread, with epoll(7): the yardstick of tests/bench/load.
//
// usage: epoll PORT [SEATS]
//
// It is what somebody would write who wants speed and nothing else. The kit's
// own servers are compared with it. One read and one send for each request, or
// for several that came together; no lock, since there is nobody to lock out.
//
// A client that does not read its replies is not read from either, so it cannot
// make the server keep more than one buffer of them.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "line.h"
#include "log.h"
#include "net.h"
#include "options.h"
#include "seats.h"
#include "session.h"

enum { EVENTS = 512, REPLIES = 4096 };

struct client {
    int connection;
    bool leaving;        // has said QUIT: nothing follows its last reply
    bool blocked;        // waits until the connection takes more
    size_t sent, filled; // replies[sent] to replies[filled - 1] are to be sent
    char replies[REPLIES];
    struct line_buffer requests;
    struct session session;
};

static int epoll;

// Says what is waited for at the connection: `how` is EPOLL_CTL_ADD or _MOD.
static bool await(struct client *client, int how)
{
    struct epoll_event event = {
        .events = client->blocked ? EPOLLOUT : EPOLLIN,
        .data.ptr = client,
    };

    return epoll_ctl(epoll, how, client->connection, &event) == 0;
}

// Closing a descriptor takes it out of epoll's list, too.
static void release(struct client *client)
{
    close(client->connection);
    free(client);
}

// Sends as much as the connection takes. Returns false if the client is gone.
static bool flush(struct client *client)
{
    while (client->sent < client->filled) {
        ssize_t count = send(client->connection, client->replies + client->sent,
                             client->filled - client->sent, MSG_NOSIGNAL);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno == EAGAIN;
        client->sent += (size_t)count;
    }
    client->sent = client->filled = 0;
    return true;
}

// Answers what has been read, as far as there is room for replies. Returns
// whether there may be more to answer.
static bool answer_lines(struct client *client)
{
    char request[LINE_SIZE];

    while (client->filled + LINE_SIZE < REPLIES && !client->leaving) {
        char *reply = client->replies + client->filled;
        enum line_status status = line_next(&client->requests, request);

        if (status == LINE_NONE)
            return false;
        client->leaving =
            !session_answer(&client->session, status, request, reply);
        client->filled += strlen(reply);
        client->replies[client->filled++] = '\n';
    }
    return !client->leaving;
}

// Answers and sends until all is answered, or the connection takes no more.
// Returns false when the conversation is over.
static bool go_on(struct client *client)
{
    bool more = true;

    while (more && client->filled == 0) {
        more = answer_lines(client);
        if (!flush(client))
            return false;
    }
    bool blocked = client->filled > 0;
    if (!blocked && client->leaving)
        return false;
    if (blocked == client->blocked)
        return true;
    client->blocked = blocked;
    return await(client, EPOLL_CTL_MOD);
}

// Reads once: epoll says again that there is more. Returns false at the end of
// file; all that was asked before it has been answered, or nothing were read.
static bool receive(struct client *client)
{
    size_t room;
    char *space = line_space(&client->requests, &room);
    ssize_t count = read(client->connection, space, room);

    if (count < 0)
        return errno == EAGAIN || errno == EINTR;
    line_added(&client->requests, (size_t)count);
    return count > 0;
}

// The connection takes more replies, or brings requests, or is broken: then
// sending or reading says so.
static void attend(struct client *client)
{
    bool alive = client->blocked ? flush(client) : receive(client);

    if (!alive || !go_on(client))
        release(client);
}

static void welcome(int connection)
{
    struct client *client = malloc(sizeof *client);

    if (client == NULL) {
        close(connection);
        return;
    }
    client->connection = connection;
    client->leaving = client->blocked = false;
    client->sent = client->filled = 0;
    line_init(&client->requests);
    session_init(&client->session);
    if (!await(client, EPOLL_CTL_ADD))
        release(client);
}

// No descriptor is left: the one in reserve makes room to turn a client away,
// who would else wait and be reported again and again. Returns false if nobody
// waits.
static bool turn_away(struct net_listener *listener)
{
    close(listener->spare);
    int connection = accept(listener->descriptor, NULL, NULL);
    if (connection >= 0)
        close(connection);
    listener->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    return connection >= 0;
}

// Accepts all who wait.
static void open_door(struct net_listener *listener)
{
    for (;;) {
        int connection = accept4(listener->descriptor, NULL, NULL,
                                 SOCK_NONBLOCK | SOCK_CLOEXEC);

        bool shortage = errno == EMFILE || errno == ENFILE;

        if (connection >= 0)
            welcome(connection);
        else if (shortage && turn_away(listener))
            continue;
        else if (errno != EINTR && errno != ECONNABORTED)
            return; // nobody is left; or epoll will say so again
    }
}

// The listener is the one event without a client.
static void serve_all(struct net_listener *listener)
{
    struct epoll_event event[EVENTS] = {{.events = EPOLLIN}};
    int count = 0;

    if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener->descriptor, event) < 0)
        return;
    while (count >= 0 || errno == EINTR) {
        count = epoll_wait(epoll, event, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            if (event[i].data.ptr == NULL)
                open_door(listener);
            else
                attend(event[i].data.ptr);
        }
    }
}

int main(int argc, char *argv[])
{
    struct options options;
    struct net_listener listener;

    if (!options_parse(argc, argv, &options))
        return 2;
    seats_open(options.seats);
    if (!net_listen(&listener, options.port))
        return EXIT_FAILURE;
    epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll >= 0 && fcntl(listener.descriptor, F_SETFL, O_NONBLOCK) == 0)
        serve_all(&listener);
    log_line("cannot watch connections: %s", strerror(errno));
    return EXIT_FAILURE;
}
