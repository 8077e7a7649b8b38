// IPv4, IPv6, both at one port, and Unix sockets: a byte there and back.
#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_un name;
};

static void *serve(void *argument)
{
    int listener = *(int *)argument;
    char byte;

    int connection = accept(listener, NULL, NULL);
    assert(connection >= 0);
    while (read(connection, &byte, 1) == 1) {
        byte++;
        assert(write(connection, &byte, 1) == 1);
    }
    assert(close(connection) == 0);
    return NULL;
}

static void talk(int listener, const union address *to, socklen_t size)
{
    int client = socket(to->any.sa_family, SOCK_STREAM, 0);
    pthread_t server;
    char byte = 'a';

    assert(pthread_create(&server, NULL, serve, &listener) == 0);
    assert(connect(client, &to->any, size) == 0);
    assert(send(client, &byte, 1, 0) == 1);
    assert(recv(client, &byte, 1, 0) == 1 && byte == 'b');
    assert(shutdown(client, SHUT_WR) == 0);
    assert(read(client, &byte, 1) == 0);
    assert(close(client) == 0);
    pthread_join(server, NULL);
}

static int port_of(int listener)
{
    union address address = {.six = {.sin6_port = 0}};
    socklen_t size = sizeof address;

    assert(getsockname(listener, &address.any, &size) == 0);
    return address.any.sa_family == AF_INET ? address.four.sin_port
                                            : address.six.sin6_port;
}

static void over_four(void)
{
    union address address = {
        .four = {.sin_family = AF_INET,
                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}};
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    assert(bind(listener, &address.any, sizeof address.four) == 0);
    assert(listen(listener, 1) == 0);
    address.four.sin_port = (in_port_t)port_of(listener);
    talk(listener, &address, sizeof address.four);
    assert(close(listener) == 0);
}

static void over_both(void)
{
    union address six = {
        .six = {.sin6_family = AF_INET6, .sin6_addr = in6addr_any}};
    union address four = {.four = {.sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}};
    int listener = socket(AF_INET6, SOCK_STREAM, 0), off = 0;

    assert(setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) ==
           0);
    assert(bind(listener, &six.any, sizeof six.six) == 0);
    assert(listen(listener, 1) == 0);
    six.six.sin6_port = four.four.sin_port = (in_port_t)port_of(listener);
    six.six.sin6_addr = in6addr_loopback;
    talk(listener, &six, sizeof six.six);
    talk(listener, &four, sizeof four.four);
    assert(close(listener) == 0);
}

static void over_unix(void)
{
    static const char name[] = "interleave-families"; // abstract: unix(7)
    union address address = {.name = {.sun_family = AF_UNIX}};
    socklen_t size = offsetof(struct sockaddr_un, sun_path) + sizeof name;
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);

    strcpy(address.name.sun_path + 1, name);
    assert(bind(listener, &address.any, size) == 0);
    assert(listen(listener, 1) == 0);
    talk(listener, &address, size);
    assert(close(listener) == 0);
}

// Who has connected: IPv4, seen from IPv6.
static void names(void)
{
    union address here = {
        .six = {.sin6_family = AF_INET6, .sin6_addr = in6addr_any}};
    union address to = {.four = {.sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}};
    union address from = to, seen = here;
    socklen_t from_size = sizeof from, seen_size = sizeof seen;
    int listener = socket(AF_INET6, SOCK_STREAM, 0);
    int client = socket(AF_INET, SOCK_STREAM, 0);

    assert(bind(listener, &here.any, sizeof here.six) == 0);
    assert(listen(listener, 1) == 0);
    to.four.sin_port = (in_port_t)port_of(listener);
    assert(connect(client, &to.any, sizeof to.four) == 0);
    assert(getsockname(client, &from.any, &from_size) == 0);
    int server = accept(listener, &seen.any, &seen_size);
    assert(server >= 0 && seen_size == sizeof seen.six);
    assert(IN6_IS_ADDR_V4MAPPED(&seen.six.sin6_addr));
    assert(seen.six.sin6_port == from.four.sin_port);
    assert(getpeername(client, &seen.any, &seen_size) == 0);
    assert(seen.four.sin_port == to.four.sin_port);
    assert(close(client) == 0 && close(server) == 0 && close(listener) == 0);
}

int main(void)
{
    over_four();
    over_both();
    over_unix();
    names();
    return 0;
}
