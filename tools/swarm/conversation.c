#include "conversation.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "line.h"

struct conversation {
    int socket;
    struct line_buffer replies;
};

int64_t conversation_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

struct addrinfo *conversation_look_up(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *addresses;
    int error = getaddrinfo(host, port, &hints, &addresses);

    if (error == 0)
        return addresses;
    fprintf(stderr, "swarm: cannot find %s port %s: %s\n", host, port,
            error == EAI_SYSTEM ? strerror(errno) : gai_strerror(error));
    return NULL;
}

static bool open_conversation(struct conversation *conversation,
                              const struct addrinfo *server, int timeout)
{
    struct timeval patience = {.tv_sec = timeout};

    line_init(&conversation->replies);
    conversation->socket = socket(server->ai_family, SOCK_STREAM, 0);
    if (conversation->socket < 0)
        return false;
    if (setsockopt(conversation->socket, SOL_SOCKET, SO_RCVTIMEO, &patience,
                   sizeof patience) == 0 &&
        setsockopt(conversation->socket, SOL_SOCKET, SO_SNDTIMEO, &patience,
                   sizeof patience) == 0 &&
        connect(conversation->socket, server->ai_addr, server->ai_addrlen) == 0)
        return true;
    int error = errno;
    close(conversation->socket);
    errno = error;
    return false;
}

static bool ask(struct conversation *conversation, const char *request,
                char reply[LINE_SIZE])
{
    char line[64];
    int length = snprintf(line, sizeof line, "%s\n", request);

    if (send(conversation->socket, line, (size_t)length, MSG_NOSIGNAL) !=
        length)
        return false;
    for (;;) {
        size_t room;
        char *space = line_space(&conversation->replies, &room);
        ssize_t count = read(conversation->socket, space, room);

        if (count <= 0)
            return false;
        line_added(&conversation->replies, (size_t)count);
        enum line_status status = line_next(&conversation->replies, reply);
        if (status != LINE_NONE)
            return status == LINE_READY;
    }
}

static void close_conversation(struct conversation *conversation)
{
    char reply[LINE_SIZE];

    ask(conversation, "QUIT", reply); // and whatever it says
    close(conversation->socket);
}

// The house as MAP shows it: its size. Who holds the seats, as WHO says.
static bool ask_house(struct conversation *conversation,
                      struct history *history, char reply[LINE_SIZE])
{
    char map[LINE_SIZE], request[16];
    size_t seats;

    if (!ask(conversation, "MAP", reply) || strncmp(reply, "OK ", 3) != 0 ||
        (seats = strspn(reply + 3, ".#")) != strlen(reply + 3) || seats < 1 ||
        seats > SEATS_LIMIT)
        return false;
    memcpy(map, reply + 3, seats);
    history_init(history, (int)seats);
    for (int seat = 1; seat <= (int)seats; seat++) {
        if (map[seat - 1] == '.')
            continue;
        snprintf(request, sizeof request, "WHO %d", seat);
        if (!ask(conversation, request, reply) || strncmp(reply, "OK ", 3) != 0)
            return false;
        if (strcmp(reply, "OK free") != 0)
            history->initial[seat] = names_add(&history->names, reply + 3);
    }
    return true;
}

// Tries the addresses, from *server on, until one answers.
static bool reach(struct conversation *conversation,
                  const struct addrinfo **server, int timeout)
{
    while (!open_conversation(conversation, *server, timeout)) {
        if ((*server)->ai_next == NULL) {
            fprintf(stderr, "swarm: cannot connect to the server: %s\n",
                    strerror(errno));
            return false;
        }
        *server = (*server)->ai_next;
    }
    return true;
}

bool conversation_reach(const struct addrinfo **server, int timeout)
{
    struct conversation conversation;

    if (!reach(&conversation, server, timeout))
        return false;
    close(conversation.socket);
    return true;
}

bool conversation_watch(const struct addrinfo *server, int timeout)
{
    struct conversation conversation;
    char reply[LINE_SIZE] = "";
    bool watching = open_conversation(&conversation, server, timeout);

    if (watching) {
        watching = ask(&conversation, "WATCH", reply) &&
                   strcmp(reply, "OK watching") == 0;
        close(conversation.socket);
    }
    if (!watching)
        fprintf(stderr,
                "swarm: nobody can watch there: the answer to WATCH is "
                "'%s'\n",
                reply);
    return watching;
}

bool conversation_begin(struct history *history, const struct addrinfo **server,
                        int timeout)
{
    struct conversation conversation;
    char reply[LINE_SIZE] = "";

    if (!reach(&conversation, server, timeout))
        return false;
    bool answered = ask_house(&conversation, history, reply);
    if (!answered && reply[0] == '\0')
        fprintf(stderr, "swarm: the server does not answer\n");
    else if (!answered)
        fprintf(stderr,
                "swarm: this is no box office: it answers '%s' to MAP or WHO\n",
                reply);
    close_conversation(&conversation);
    return answered;
}

static bool audit_one(struct conversation *conversation,
                      struct history *history, int64_t start,
                      struct operation *operation)
{
    char request[32], reply[LINE_SIZE];

    history_request(operation, request, sizeof request);
    operation->called = conversation_now() - start;
    operation->returned = NEVER;
    operation->outcome = NO_REPLY;
    bool answered = ask(conversation, request, reply);
    if (answered) {
        operation->returned = conversation_now() - start;
        history_reply(history, operation, reply);
    }
    history_add(history, operation);
    return answered;
}

bool conversation_audit(struct history *history, const struct addrinfo *server,
                        int timeout, int64_t start)
{
    struct conversation conversation;
    struct operation operation = {.name =
                                      names_add(&history->names, "auditor")};

    if (!open_conversation(&conversation, server, timeout))
        return false;
    operation.verb = MAP;
    bool answered = audit_one(&conversation, history, start, &operation);
    operation.verb = SOLD;
    answered = answered && audit_one(&conversation, history, start, &operation);
    operation.verb = WHO;
    for (int seat = 1; answered && seat <= history->seats; seat++) {
        operation.seat = seat;
        answered = audit_one(&conversation, history, start, &operation);
    }
    close_conversation(&conversation);
    return answered;
}
