// What goes wrong, and how it is said. The same in reality.
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FAILS(call, error) assert((call) == -1 && errno == (error))

static char byte, block[4096];

static struct sockaddr_in6 address_of(int port)
{
    return (struct sockaddr_in6){.sin6_family = AF_INET6,
                                 .sin6_port = htons((uint16_t)port),
                                 .sin6_addr = in6addr_loopback};
}

static int port_of(int socket)
{
    struct sockaddr_in6 address;
    socklen_t size = sizeof address;

    assert(getsockname(socket, (struct sockaddr *)&address, &size) == 0);
    assert(size == sizeof address);
    return ntohs(address.sin6_port);
}

static int bind_to(int socket, int port)
{
    struct sockaddr_in6 address = address_of(port);

    return bind(socket, (struct sockaddr *)&address, sizeof address);
}

static int connect_to(int socket, int port)
{
    struct sockaddr_in6 address = address_of(port);

    return connect(socket, (struct sockaddr *)&address, sizeof address);
}

static int fresh(void)
{
    int new = socket(AF_INET6, SOCK_STREAM, 0);

    assert(new >= 0);
    return new;
}

static int listening(void)
{
    int listener = fresh();

    assert(bind_to(listener, 0) == 0 && listen(listener, 1) == 0);
    assert(port_of(listener) > 0);
    return listener;
}

static void descriptors(void)
{
    int pair[2];

    assert(pipe(pair) == 0);
    FAILS(read(pair[1], &byte, 1), EBADF);
    FAILS(write(pair[0], &byte, 1), EBADF);
    FAILS(send(pair[1], &byte, 1, 0), ENOTSOCK);
    FAILS(getsockopt(pair[1], SOL_SOCKET, SO_ERROR, &byte,
                     &(socklen_t){sizeof byte}),
          ENOTSOCK);
    assert(close(pair[0]) == 0 && close(pair[1]) == 0);
    FAILS(close(pair[0]), EBADF);
    FAILS(read(pair[0], &byte, 1), EBADF);
    FAILS(write(pair[1], &byte, 1), EBADF);
    FAILS(accept(pair[0], NULL, NULL), EBADF);
    FAILS(dup(pair[0]), EBADF);
    FAILS(dup2(pair[0], 20), EBADF);
    assert(poll(&(struct pollfd){pair[0], POLLIN, 0}, 1, 0) == 1);
}

static void not_connected(void)
{
    int alone = fresh(), listener = listening();
    struct sockaddr_in6 address;
    socklen_t size = sizeof address;

    FAILS(read(alone, &byte, 1), ENOTCONN);
    FAILS(write(alone, &byte, 1), EPIPE);
    FAILS(read(listener, &byte, 1), ENOTCONN);
    FAILS(getpeername(alone, (struct sockaddr *)&address, &size), ENOTCONN);
    FAILS(shutdown(alone, SHUT_WR), ENOTCONN);
    FAILS(accept(alone, NULL, NULL), EINVAL);
    assert(close(alone) == 0 && close(listener) == 0);
}

static void addresses(void)
{
    int listener = listening(), port = port_of(listener), other = fresh();
    struct sockaddr_in four = {.sin_family = AF_INET};

    FAILS(bind_to(other, port), EADDRINUSE);
    FAILS(bind_to(listener, 0), EINVAL);
    FAILS(bind(other, (struct sockaddr *)&four, 3), EINVAL);
    assert(close(listener) == 0);
    FAILS(connect_to(other, port), ECONNREFUSED);
    assert(close(other) == 0);
}

static void no_waiting(void)
{
    int listener = listening(), pair[2];

    assert(fcntl(listener, F_SETFL, O_NONBLOCK) == 0);
    FAILS(accept(listener, NULL, NULL), EAGAIN);
    assert(close(listener) == 0);
    assert(pipe2(pair, O_NONBLOCK) == 0);
    FAILS(read(pair[0], &byte, 1), EAGAIN);
    assert(fcntl(pair[0], F_GETFL) & O_NONBLOCK);
    assert(ioctl(pair[0], FIONBIO, &(int){0}) == 0);
    assert(!(fcntl(pair[0], F_GETFL) & O_NONBLOCK));
    while (write(pair[1], block, sizeof block) == sizeof block)
        continue;
    assert(errno == EAGAIN);
    assert(close(pair[0]) == 0);
    FAILS(write(pair[1], &byte, 1), EPIPE);
    assert(close(pair[1]) == 0);
}

// tcp(7): the first write after the other side has gone gets through.
static void gone(void)
{
    int listener = listening(), client = fresh();

    assert(connect_to(client, port_of(listener)) == 0);
    FAILS(connect_to(client, port_of(listener)), EISCONN);
    int server = accept(listener, NULL, NULL);
    assert(server >= 0 && close(client) == 0);
    assert(read(server, &byte, 1) == 0);
    assert(write(server, &byte, 1) == 1);
    FAILS(write(server, &byte, 1), EPIPE);
    FAILS(send(server, &byte, 1, MSG_NOSIGNAL), EPIPE);
    assert(read(server, &byte, 1) == 0);
    assert(close(server) == 0 && close(listener) == 0);
}

// What nobody has read makes the end of a connection a reset.
static void reset(void)
{
    int listener = listening(), client = fresh();

    assert(connect_to(client, port_of(listener)) == 0);
    int server = accept(listener, NULL, NULL);
    assert(write(client, "unread", 6) == 6 && close(server) == 0);
    FAILS(read(client, &byte, 1), ECONNRESET);
    assert(read(client, &byte, 1) == 0);
    FAILS(write(client, &byte, 1), EPIPE);
    assert(close(client) == 0 && close(listener) == 0);
}

static void unix_sockets(void)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int one = socket(AF_UNIX, SOCK_STREAM, 0), pair[2];

    snprintf(name.sun_path, sizeof name.sun_path, "/tmp/interleave-%d",
             (int)getpid());
    FAILS(connect(one, (struct sockaddr *)&name, sizeof name), ENOENT);
    FAILS(write(one, &byte, 1), ENOTCONN);
    assert(bind(one, (struct sockaddr *)&name, sizeof name) == 0);
    assert(close(one) == 0);
    one = socket(AF_UNIX, SOCK_STREAM, 0);
    FAILS(connect(one, (struct sockaddr *)&name, sizeof name), ECONNREFUSED);
    FAILS(bind(one, (struct sockaddr *)&name, sizeof name), EADDRINUSE);
    assert(unlink(name.sun_path) == 0 && close(one) == 0);
    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    assert(close(pair[0]) == 0);
    FAILS(write(pair[1], &byte, 1), EPIPE);
    assert(read(pair[1], &byte, 1) == 0 && close(pair[1]) == 0);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    descriptors();
    not_connected();
    addresses();
    no_waiting();
    gone();
    reset();
    unix_sockets();
    return 0;
}
