// How a server is told to stop: shutdown wakes who waits in accept, and in a
// read. With the argument "epoll" it waits in a way that is not handled.
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static int listener, pair[2];

static void *serve(void *argument)
{
    char byte;

    assert(accept(listener, NULL, NULL) == -1 && errno == EINVAL);
    assert(read(pair[0], &byte, 1) == 0);
    return argument;
}

static void wait_with_epoll(void)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLET};
    int set = epoll_create1(0);

    assert(set >= 0);
    assert(epoll_ctl(set, EPOLL_CTL_ADD, pair[0], &event) == 0);
}

int main(int argc, char *argv[])
{
    pthread_t server;

    (void)argv;
    listener = socket(AF_INET6, SOCK_STREAM, 0);
    assert(listener >= 0 && listen(listener, 1) == 0); // any port
    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    if (argc > 1)
        wait_with_epoll();
    assert(pthread_create(&server, NULL, serve, NULL) == 0);
    assert(shutdown(listener, SHUT_RDWR) == 0);
    assert(shutdown(pair[0], SHUT_RD) == 0);
    pthread_join(server, NULL);
    assert(close(listener) == 0 && close(pair[0]) == 0 && close(pair[1]) == 0);
    return 0;
}
