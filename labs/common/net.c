#include "net.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "log.h"

enum { QUEUE = 4096 }; // the kernel cuts this to net.core.somaxconn

// One IPv6 socket serves IPv4 clients too, as ::ffff:a.b.c.d: ipv6(7).
static int open_socket(void)
{
    const int off = 0, on = 1;
    int listener = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (listener < 0)
        return -1;
    if (setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) < 0 ||
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0) {
        int error = errno;
        close(listener);
        errno = error;
        return -1;
    }
    return listener;
}

static int port_of(int listener)
{
    struct sockaddr_in6 address;
    socklen_t size = sizeof address;

    if (getsockname(listener, (struct sockaddr *)&address, &size) < 0)
        return -1;
    return ntohs(address.sin6_port);
}

static bool bind_and_listen(int listener, int port)
{
    struct sockaddr_in6 address = {
        .sin6_family = AF_INET6,
        .sin6_port = htons((uint16_t)port),
        .sin6_addr = IN6ADDR_ANY_INIT,
    };

    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 ||
        listen(listener, QUEUE) < 0)
        return false;
    int bound = port_of(listener);
    if (bound < 0)
        return false;
    printf("listening on port %d\n", bound);
    return fflush(stdout) == 0;
}

// Any descriptor will do: it is only there to be given up.
static int open_spare(void)
{
    return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

bool net_listen(struct net_listener *listener, int port)
{
    signal(SIGPIPE, SIG_IGN);
    listener->descriptor = open_socket();
    if (listener->descriptor < 0 ||
        !bind_and_listen(listener->descriptor, port)) {
        log_line("cannot listen on port %d: %s (0 takes any free port)", port,
                 strerror(errno));
        if (listener->descriptor >= 0)
            close(listener->descriptor);
        return false;
    }
    listener->spare = open_spare();
    return true;
}

void net_close(struct net_listener *listener)
{
    close(listener->descriptor);
    if (listener->spare >= 0)
        close(listener->spare);
}

static int accept_one(struct net_listener *listener)
{
    return accept4(listener->descriptor, NULL, NULL, SOCK_CLOEXEC);
}

static bool is_shortage(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS ||
           error == ENOMEM;
}

static bool is_broken(int error)
{
    return error == EBADF || error == EFAULT || error == EINVAL ||
           error == ENOTSOCK;
}

static void turn_away(int connection)
{
    net_send(connection, "ERR busy\n", strlen("ERR busy\n"));
    close(connection);
}

// Opens the spare descriptor again if it is gone. Returns whether it is there.
static bool has_spare(struct net_listener *listener)
{
    if (listener->spare < 0)
        listener->spare = open_spare();
    return listener->spare >= 0;
}

// The client stays in the queue, so the next accept would fail at once, and the
// next: a busy loop. Giving up the spare descriptor makes room to accept the
// client and turn it away. Without a spare, all that is left is to pause.
static void turn_away_next(struct net_listener *listener)
{
    if (listener->spare < 0) {
        poll(NULL, 0, 10);
    } else {
        close(listener->spare);
        listener->spare = -1;
        int connection = accept_one(listener);
        if (connection >= 0)
            turn_away(connection);
    }
    has_spare(listener);
}

// The process has no descriptor left, or the kernel no memory. Linux says so
// even before a client comes, since accept takes the descriptor first. When one
// comes there may be descriptors again. Returns whether one has come.
static bool await_client(struct net_listener *listener)
{
    struct pollfd client = {.fd = listener->descriptor, .events = POLLIN};

    return poll(&client, 1, -1) > 0;
}

// While the spare is given up, another thread may take its place: malloc itself
// opens a file now and then. So nobody is let in before there is a spare again:
// the last descriptor would be this client's, and the next ones could not even
// be turned away.
int net_accept(struct net_listener *listener)
{
    for (;;) {
        int connection = accept_one(listener);

        if (connection < 0 && is_shortage(errno) && await_client(listener))
            connection = accept_one(listener);
        if (connection >= 0 && has_spare(listener))
            return connection;
        if (connection >= 0) {
            turn_away(connection);
        } else if (is_shortage(errno)) {
            turn_away_next(listener);
        } else if (is_broken(errno)) {
            log_line("cannot accept clients: %s", strerror(errno));
            return -1;
        } // else it is the client's trouble, or a signal's
    }
}

bool net_send(int connection, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(connection, bytes, size, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}
