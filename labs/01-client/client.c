// A customer of the box office: sends what it reads from standard input, line
// by line, and prints what the server answers.
//
// usage: client HOST PORT        PORT is a number or the name of a service
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINE_SIZE = 512 };

// Connects to a host, which may be a name or an address, at a port, which may
// be a number or the name of a service. A name may stand for several addresses:
// tries them in turn. Returns the socket, or -1 after saying what went wrong.
static int connect_to(const char *host, const char *port)
{
    // TODO (task 1): look the host up with getaddrinfo(3); for each address
    // that it finds, make a socket(2) and connect(2) it, until one works.
    (void)host;
    (void)port;
    fprintf(stderr, "client: connecting is task 1, and still to do\n");
    return -1;
}

// Prints the four numbers that identify the connection:
// "client: from ::1 port 40123 to ::1 port 7070".
static void print_connection(int server)
{
    // TODO (task 2): ask for both ends with getsockname(2) and getpeername(2),
    // and print them with getnameinfo(3).
    (void)server;
}

// Sends all bytes of the text: one write may take only some of them. Returns
// false if the server is gone.
static bool send_text(int server, const char *text)
{
    // TODO (task 3)
    (void)server;
    (void)text;
    return false;
}

// Reads one line, its '\n' included, and terminates it with a NUL: one read may
// bring only a part of it. Returns false if the server ends the conversation
// before the line is complete.
static bool receive_line(int server, char line[LINE_SIZE])
{
    // TODO (task 3)
    (void)server;
    (void)line;
    return false;
}

// Reads a request from standard input. A line that has no end, or that is too
// long, gets one: the server answers whole lines only. Returns false at the end
// of file.
static bool read_request(char request[LINE_SIZE])
{
    if (fgets(request, LINE_SIZE - 1, stdin) == NULL)
        return false;
    if (strchr(request, '\n') == NULL) {
        strcat(request, "\n");
        for (int c = getchar(); c != '\n' && c != EOF; c = getchar())
            continue;
    }
    return true;
}

// Sends every line of standard input and prints the reply to it. Returns false
// if the server leaves before it has answered.
static bool converse(int server)
{
    char request[LINE_SIZE], reply[LINE_SIZE];

    while (read_request(request)) {
        if (!send_text(server, request) || !receive_line(server, reply)) {
            // TODO (task 4): say that the server closed the connection
            return false;
        }
        printf("%s", reply);
        fflush(stdout); // a person, or a pipe, waits for it
    }
    return true;
}

int main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "usage: client HOST PORT\n");
        return 2;
    }
    int server = connect_to(argv[1], argv[2]);
    if (server < 0)
        return EXIT_FAILURE;
    print_connection(server);
    bool served = converse(server);
    close(server);
    return served ? EXIT_SUCCESS : EXIT_FAILURE;
}
