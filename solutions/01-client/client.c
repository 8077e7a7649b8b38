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

// Connects to an address. Returns the socket, or -1 with errno set.
static int connect_to_address(const struct addrinfo *address)
{
    int server = socket(address->ai_family, address->ai_socktype, 0);

    if (server < 0)
        return -1;
    if (connect(server, address->ai_addr, address->ai_addrlen) < 0) {
        int error = errno; // close may change it
        close(server);
        errno = error;
        return -1;
    }
    return server;
}

// Connects to a host, which may be a name or an address, at a port, which may
// be a number or the name of a service. A name may stand for several addresses:
// tries them in turn. Returns the socket, or -1 after saying what went wrong.
static int connect_to(const char *host, const char *port)
{
    const struct addrinfo hints = {.ai_family = AF_UNSPEC,
                                   .ai_socktype = SOCK_STREAM};
    struct addrinfo *addresses;
    int server = -1, error = getaddrinfo(host, port, &hints, &addresses);

    if (error != 0) {
        fprintf(stderr, "client: cannot find %s port %s: %s\n", host, port,
                gai_strerror(error));
        return -1;
    }
    for (struct addrinfo *one = addresses; one != NULL && server < 0;
         one = one->ai_next)
        server = connect_to_address(one);
    if (server < 0)
        fprintf(stderr, "client: cannot connect to %s port %s: %s\n", host,
                port, strerror(errno));
    freeaddrinfo(addresses);
    return server;
}

// Prints one end of the connection: "::1 port 40123".
static void print_end(const struct sockaddr *address, socklen_t size)
{
    char host[NI_MAXHOST], port[NI_MAXSERV];

    if (getnameinfo(address, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) == 0)
        fprintf(stderr, "%s port %s", host, port);
}

// Prints the four numbers that identify the connection:
// "client: from ::1 port 40123 to ::1 port 7070".
static void print_connection(int server)
{
    struct sockaddr_storage here, there;
    socklen_t here_size = sizeof here, there_size = sizeof there;

    if (getsockname(server, (struct sockaddr *)&here, &here_size) < 0 ||
        getpeername(server, (struct sockaddr *)&there, &there_size) < 0)
        return;
    fprintf(stderr, "client: from ");
    print_end((struct sockaddr *)&here, here_size);
    fprintf(stderr, " to ");
    print_end((struct sockaddr *)&there, there_size);
    fprintf(stderr, "\n");
}

// Sends all bytes of the text: one write may take only some of them. Returns
// false if the server is gone.
static bool send_text(int server, const char *text)
{
    size_t left = strlen(text);

    while (left > 0) {
        ssize_t sent = send(server, text, left, MSG_NOSIGNAL);

        if (sent < 0)
            return false;
        text += sent;
        left -= (size_t)sent;
    }
    return true;
}

// Reads one line, its '\n' included, and terminates it with a NUL: one read may
// bring only a part of it. Returns false if the server ends the conversation
// before the line is complete.
static bool receive_line(int server, char line[LINE_SIZE])
{
    size_t length = 0;

    while (length < LINE_SIZE - 1) {
        // One byte at a time never takes bytes of the next line.
        if (read(server, &line[length], 1) <= 0)
            return false;
        if (line[length++] == '\n') {
            line[length] = '\0';
            return true;
        }
    }
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
            fprintf(stderr, "client: the server closed the connection\n");
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
