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
    char line[LINE_SIZE + 1];
    int length = snprintf(line, sizeof line, "%s\n", request);

    client->state = state;
    if (send(client->socket, line, (size_t)length, MSG_NOSIGNAL) != length)
        client_close(client, CLIENT_CUT_OFF);
}

void client_greet(struct client *client, const char *name)
{
    char request[32];

    if (name == NULL) {
        client->state = CLIENT_READY;
        return;
    }
    snprintf(request, sizeof request, "HELLO %s", name);
    say(client, request, CLIENT_GREETING);
}

void client_leave(struct client *client, const struct options *options)
{
    if (options->ask != NULL)
        client_close(client, CLIENT_GONE);
    else
        say(client, "QUIT", CLIENT_LEAVING);
}

static bool has_seat(const uint64_t seats[2], int seat)
{
    return seats[seat / 64] >> seat % 64 & 1;
}

static void set_seat(uint64_t seats[2], int seat, bool value)
{
    if (value)
        seats[seat / 64] |= UINT64_C(1) << seat % 64;
    else
        seats[seat / 64] &= ~(UINT64_C(1) << seat % 64);
}

// One of the seats that the client holds; any seat if it holds none.
static int draw_own(struct client *client, int seats)
{
    int first = random_below(&client->random, seats);

    for (int i = 0; i < seats; i++) {
        int seat = (first + i) % seats + 1;
        if (has_seat(client->holds, seat))
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

// Two requests without a reply about one seat are more than anybody could find
// out about: they may have been carried out without leaving a trace.
static bool is_unsure(const struct client *client)
{
    const struct operation *operation = &client->operation;

    return operation->verb <= MOVE &&
           (has_seat(client->unsure, operation->seat) ||
            has_seat(client->unsure, operation->to));
}

static void set_unsure(struct client *client, bool unsure)
{
    if (client->operation.verb <= MOVE)
        set_seat(client->unsure, client->operation.seat, unsure);
    if (client->operation.verb == MOVE)
        set_seat(client->unsure, client->operation.to, unsure);
}

// Sends a part of the line, or all of it; half of the connections are reset.
static void break_off(struct client *client, const char *request)
{
    const struct linger reset = {.l_onoff = 1};
    char line[64];
    int length = snprintf(line, sizeof line, "%s\n", request);

    if (random_below(&client->random, 2) == 0 || is_unsure(client)) {
        length = 1 + random_below(&client->random, length - 1);
        client->operation.called = 0;
    } else {
        set_unsure(client, true);
    }
    // If it does not go out, it had no effect: nobody need know.
    if (send(client->socket, line, (size_t)length, MSG_NOSIGNAL) == length &&
        random_below(&client->random, 2) == 0)
        setsockopt(client->socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    client_close(client, CLIENT_BROKEN_OFF);
}

void client_ask(struct client *client, const struct options *options, int seats,
                int64_t due, int64_t now)
{
    char request[32];

    client->due = due;
    client->made++;
    if (options->ask != NULL) {
        say(client, options->ask, CLIENT_ASKING);
        return;
    }
    draw_request(client, options, seats);
    history_request(&client->operation, request, sizeof request);
    client->operation.called = now;
    client->operation.returned = NEVER;
    client->operation.outcome = NO_REPLY;
    if (options->cut > 0 && random_below(&client->random, 100) < options->cut)
        break_off(client, request);
    else
        say(client, request, CLIENT_ASKING);
}

// Keeps in mind which seats the client holds. What it was told of them is news
// only after a request without a reply.
static void remember(struct client *client)
{
    const struct operation *operation = &client->operation;
    bool own = operation->holder == client->name;

    switch (operation->outcome) {
    case DONE:
        set_seat(client->holds, operation->seat, operation->verb == BOOK);
        if (operation->verb == MOVE)
            set_seat(client->holds, operation->to, true);
        break;
    case TAKEN:
        set_seat(client->holds,
                 operation->verb == MOVE ? operation->to : operation->seat,
                 own);
        break;
    case NOT_YOURS:
        set_seat(client->holds, operation->seat, false);
        break;
    default:
        return;
    }
    set_unsure(client, false);
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

static void take_stray(struct client *client, const char *line)
{
    if (client->stray[0] == '\0')
        snprintf(client->stray, sizeof client->stray, "%s", line);
}

// Returns true if the line is the reply to the current request.
static bool take_line(struct client *client, const struct history *history,
                      const char *line, int64_t now)
{
    if (strcmp(line, "ERR closing") == 0) {
        client->closing = true;
        client_close(client, CLIENT_CUT_OFF);
    } else if (client->state == CLIENT_READY ||
               strncmp(line, "EVENT ", 6) == 0) {
        take_stray(client, line);
    } else if (client->state != CLIENT_ASKING) {
        ceremony(client, line);
    } else {
        client->operation.returned = now;
        history_reply(history, &client->operation, line);
        remember(client);
        client->state = CLIENT_READY;
        return true;
    }
    return false;
}

static bool take_lines(struct client *client, const struct history *history,
                       int64_t now)
{
    bool replied = false;

    while (client_is_busy(client)) {
        char line[LINE_SIZE] = "(not text)";

        if (line_next(&client->replies, line) == LINE_NONE)
            break;
        if (take_line(client, history, line, now))
            replied = true;
    }
    return replied;
}

// With --ask any line is a reply, and what comes behind it nobody wants.
static bool take_any(struct client *client, int64_t now)
{
    char line[LINE_SIZE];
    bool replied = false;

    while (line_next(&client->replies, line) != LINE_NONE)
        replied = client->state == CLIENT_ASKING;
    if (replied) {
        client->operation.returned = now;
        client->state = CLIENT_READY;
    }
    return replied;
}

bool client_receive(struct client *client, const struct options *options,
                    const struct history *history, int64_t now)
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
    return options->ask != NULL ? take_any(client, now)
                                : take_lines(client, history, now);
}
