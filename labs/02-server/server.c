// A box office with one customer: serves the first client that comes, then
// ends.
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
    // TODO (task 1): socket(2) for AF_INET6, then setsockopt(2) twice: switch
    // IPV6_V6ONLY off and SO_REUSEADDR on (ipv6(7), socket(7)).
    errno = ENOSYS;
    return -1;
}

// Makes the socket listen on the port, at every address of this machine.
// Returns false with errno set if that is not possible.
static bool listen_on(int listener, int port)
{
    // TODO (task 1): fill a struct sockaddr_in6, bind(2) it, then listen(2).
    (void)listener;
    (void)port;
    errno = ENOSYS;
    return false;
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
        // TODO (task 2): write(2) the reply. Stop if that fails.
        (void)connection;
        if (!more)
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
    // TODO (task 2): read(2) into the buffer until the client ends (line.h
    // shows how), and answer what has come with answer_lines.
    answer_lines(connection, &session, &buffer);
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
    int connection = -1; // TODO (task 2): accept(2) a client
    if (connection < 0) {
        log_line("cannot accept a client: %s", strerror(errno));
        return EXIT_FAILURE;
    }
    serve(connection);
    // TODO (task 3): close(2) what you have opened
    return EXIT_SUCCESS;
}
