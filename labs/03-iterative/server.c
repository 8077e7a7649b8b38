// A box office that serves one customer after another. One customer's trouble
// is that customer's only.
//
// usage: server PORT [SEATS]
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "line.h"
#include "log.h"
#include "options.h"
#include "seats.h"
#include "session.h"

// Makes a socket that serves IPv6 and IPv4 and that may take a port again right
// after an earlier server has left it. Returns it, or -1 with errno set.
static int make_socket(void)
{
    const int off = 0, on = 1;
    int listener = socket(AF_INET6, SOCK_STREAM, 0);

    if (listener < 0)
        return -1;
    if (setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) < 0 ||
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0) {
        close(listener);
        return -1;
    }
    return listener;
}

// Makes the socket listen on the port, at every address of this machine.
// Returns false with errno set if that is not possible.
static bool listen_on(int listener, int port)
{
    struct sockaddr_in6 address = {
        .sin6_family = AF_INET6,
        .sin6_port = htons((uint16_t)port),
        .sin6_addr = IN6ADDR_ANY_INIT,
    };

    return bind(listener, (struct sockaddr *)&address, sizeof address) == 0 &&
           listen(listener, 16) == 0;
}

// Prints the port that the socket really has: port 0 means any.
static void print_port(int listener)
{
    struct sockaddr_in6 address;
    socklen_t size = sizeof address;

    if (getsockname(listener, (struct sockaddr *)&address, &size) == 0) {
        printf("listening on port %d\n", ntohs(address.sin6_port));
        fflush(stdout);
    }
}

// Answers every whole line that is in the buffer. Returns false when the
// conversation is over.
static bool answer_lines(int connection, struct session *session,
                         struct line_buffer *buffer)
{
    char request[LINE_SIZE], reply[LINE_SIZE + 1];
    enum line_status status;

    while ((status = line_next(buffer, request)) != LINE_NONE) {
        bool more = session_answer(session, status, request, reply);

        strcat(reply, "\n");
        // TODO (task 2): all of it, and no SIGPIPE when the client has gone
        if (write(connection, reply, strlen(reply)) < 0 || !more)
            return false;
    }
    return true;
}

// Reads what the client sends and answers it, until one of them ends the
// conversation.
static void serve(int connection)
{
    struct line_buffer buffer;
    struct session session;

    line_init(&buffer);
    session_init(&session);
    for (;;) {
        size_t room;
        char *space = line_space(&buffer, &room);
        // TODO (task 3): a signal is no reason to give the client up
        ssize_t count = read(connection, space, room);

        if (count <= 0)
            return;
        line_added(&buffer, (size_t)count);
        if (!answer_lines(connection, &session, &buffer))
            return;
    }
}

int main(int argc, char *argv[])
{
    struct options options;

    if (!options_parse(argc, argv, &options))
        return 2;
    seats_open(options.seats);
    int listener = make_socket();
    if (listener < 0 || !listen_on(listener, options.port)) {
        log_line("cannot listen on port %d: %s", options.port, strerror(errno));
        return EXIT_FAILURE;
    }
    print_port(listener);
    // TODO (task 1): and the next client, and the next
    int connection = accept(listener, NULL, NULL);
    if (connection < 0) {
        // TODO (task 2): is this the listener's trouble, or only one client's?
        log_line("cannot accept a client: %s", strerror(errno));
        return EXIT_FAILURE;
    }
    serve(connection);
    close(connection);
    close(listener);
    return EXIT_SUCCESS;
}
