#include "client.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "random.h"

bool client_is_busy(const struct client *client)
{
    return client->state < CLIENT_GONE;
}

void client_close(struct client *client, enum client_state state)
{
    if (client->socket >= 0)
        close(client->socket);
    client->socket = -1;
    client->state = state;
}

// Requests go out at once, not when more bytes have come together: tcp(7).
bool client_connect(struct client *client, const struct addrinfo *server)
{
    const int on = 1;

    line_init(&client->replies);
    client->state = CLIENT_CONNECTING;
    client->socket = socket(server->ai_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (client->socket < 0 ||
        setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) <
            0 ||
        (connect(client->socket, server->ai_addr, server->ai_addrlen) < 0 &&
         errno != EINPROGRESS)) {
        client_close(client, CLIENT_CUT_OFF);
        return false;
    }
    return true;
}

// A request is shorter than any socket's buffer: it goes out whole, or the
// connection is broken.
static void say(struct client *client, const char *request,
                enum client_state state)
{
    char line[64];
    int length = snprintf(line, sizeof line, "%s\n", request);

    client->state = state;
    if (send(client->socket, line, (size_t)length, MSG_NOSIGNAL) != length)
        client_close(client, CLIENT_CUT_OFF);
}

void client_greet(struct client *client, const char *name)
{
    char request[32];

    snprintf(request, sizeof request, "HELLO %s", name);
    say(client, request, CLIENT_GREETING);
}

void client_leave(struct client *client)
{
    say(client, "QUIT", CLIENT_LEAVING);
}

static bool holds(const struct client *client, int seat)
{
    return client->holds[seat / 64] >> seat % 64 & 1;
}

static void set_holds(struct client *client, int seat, bool held)
{
    if (held)
        client->holds[seat / 64] |= UINT64_C(1) << seat % 64;
    else
        client->holds[seat / 64] &= ~(UINT64_C(1) << seat % 64);
}

// One of the seats that the client holds; any seat if it holds none.
static int draw_own(struct client *client, int seats)
{
    int first = random_below(&client->random, seats);

    for (int i = 0; i < seats; i++) {
        int seat = (first + i) % seats + 1;
        if (holds(client, seat))
            return seat;
    }
    return first + 1;
}

static enum verb draw_verb(struct client *client, const int mix[VERBS])
{
    int total = 0, verb = 0;

    for (int i = 0; i < VERBS; i++)
        total += mix[i];
    for (int left = random_below(&client->random, total); left >= mix[verb];
         verb++)
        left -= mix[verb];
    return (enum verb)verb;
}

static void draw_request(struct client *client, const struct options *options,
                         int seats)
{
    struct operation *operation = &client->operation;

    memset(operation, 0, sizeof *operation);
    operation->name = client->name;
    operation->verb = draw_verb(client, options->mix);
    switch (operation->verb) {
    case BOOK:
    case WHO:
        operation->seat = random_below(&client->random, seats) + 1;
        break;
    case MOVE:
        operation->to =
            random_below(&client->random, seats) + 1; // fall through
    case CANCEL:
        operation->seat = draw_own(client, seats);
        break;
    default:
        break;
    }
}

void client_ask(struct client *client, const struct options *options, int seats,
                int64_t due, int64_t now)
{
    char request[32];

    draw_request(client, options, seats);
    history_request(&client->operation, request, sizeof request);
    client->due = due;
    client->left--;
    client->operation.called = now;
    client->operation.returned = NEVER;
    client->operation.outcome = NO_REPLY;
    say(client, request, CLIENT_ASKING);
}

// Keeps in mind which seats the client holds.
static void remember(struct client *client)
{
    const struct operation *operation = &client->operation;

    if (operation->outcome != DONE)
        return;
    if (operation->verb != BOOK)
        set_holds(client, operation->seat, false);
    if (operation->verb == BOOK)
        set_holds(client, operation->seat, true);
    else if (operation->verb == MOVE)
        set_holds(client, operation->to, true);
}

// A reply to HELLO or QUIT.
static void ceremony(struct client *client, const char *reply)
{
    if (client->state == CLIENT_LEAVING)
        client_close(client, CLIENT_GONE);
    else if (strncmp(reply, "OK ", 3) == 0)
        client->state = CLIENT_READY;
    else
        client_close(client, CLIENT_TURNED_AWAY);
}

static bool take_reply(struct client *client, const struct history *history,
                       int64_t now)
{
    char reply[LINE_SIZE] = "(not text)";

    if (client->state == CLIENT_READY || // nothing was asked: for the next one
        line_next(&client->replies, reply) == LINE_NONE)
        return false;
    if (client->state != CLIENT_ASKING) {
        ceremony(client, reply);
        return false;
    }
    client->operation.returned = now;
    history_reply(history, &client->operation, reply);
    remember(client);
    client->state = CLIENT_READY;
    return true;
}

bool client_receive(struct client *client, const struct history *history,
                    int64_t now)
{
    size_t room;
    char *space = line_space(&client->replies, &room);
    ssize_t count = read(client->socket, space, room);

    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (count <= 0) {
        client_close(client, CLIENT_CUT_OFF);
        return false;
    }
    line_added(&client->replies, (size_t)count);
    return take_reply(client, history, now);
}
