// How a server is told to stop: shutdown wakes who waits in accept, and in a
// read.
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
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

int main(void)
{
    pthread_t server;

    listener = socket(AF_INET6, SOCK_STREAM, 0);
    assert(listener >= 0 && listen(listener, 1) == 0); // any port
    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    assert(pthread_create(&server, NULL, serve, NULL) == 0);
    assert(shutdown(listener, SHUT_RDWR) == 0);
    assert(shutdown(pair[0], SHUT_RD) == 0);
    pthread_join(server, NULL);
    assert(close(listener) == 0 && close(pair[0]) == 0 && close(pair[1]) == 0);
    return 0;
}
