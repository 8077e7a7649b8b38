// poll and select: what is ready, what time does, what may not wait.
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int pair[2];

static void *say(void *argument)
{
    assert(write(pair[1], "x", 1) == 1);
    return argument;
}

static void nothing_comes(void)
{
    struct pollfd item = {pair[0], POLLIN, 0};
    struct timeval time = {0, 1000};
    fd_set set;

    assert(poll(&item, 1, 0) == 0);
    assert(poll(&item, 1, 1) == 0 && item.revents == 0);
    FD_ZERO(&set);
    FD_SET(pair[0], &set);
    assert(select(pair[0] + 1, &set, NULL, NULL, &time) == 0);
    assert(!FD_ISSET(pair[0], &set));
}

static void something_comes(void)
{
    struct pollfd item[] = {
        {pair[0], POLLIN, 0}, {pair[1], POLLOUT, 0}, {-1, POLLIN, 0}};
    pthread_t thread;
    char byte;
    fd_set set;

    assert(pthread_create(&thread, NULL, say, NULL) == 0);
    assert(poll(item, 1, -1) == 1 && item[0].revents == POLLIN);
    assert(poll(item, 3, -1) == 2 && item[1].revents == POLLOUT);
    FD_ZERO(&set);
    FD_SET(pair[0], &set);
    assert(select(pair[0] + 1, &set, NULL, NULL, NULL) == 1);
    assert(FD_ISSET(pair[0], &set));
    assert(read(pair[0], &byte, 1) == 1);
    pthread_join(thread, NULL);
}

static void the_end(void)
{
    struct pollfd item = {pair[0], POLLIN, 0};
    int ends[2];

    assert(pipe(ends) == 0 && close(ends[1]) == 0);
    item.fd = ends[0];
    assert(poll(&item, 1, -1) == 1 && item.revents == POLLHUP);
    assert(close(ends[0]) == 0);
    assert(poll(&item, 1, -1) == 1 && item.revents == POLLNVAL);
    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    assert(close(ends[1]) == 0);
    assert(poll(&item, 1, -1) == 1 && item.revents == (POLLIN | POLLHUP));
    assert(close(ends[0]) == 0);
}

static void patience(void)
{
    struct timeval time = {0, 1000};
    int ends[2];
    char byte;

    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    assert(setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) ==
           0);
    assert(read(ends[0], &byte, 1) == -1 && errno == EAGAIN);
    assert(recv(ends[1], &byte, 1, MSG_DONTWAIT) == -1 && errno == EAGAIN);
    assert(close(ends[0]) == 0 && close(ends[1]) == 0);
}

// connect(2) with O_NONBLOCK: later it can be written to, and SO_ERROR is 0.
static void connecting(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address, error_size = sizeof(int);
    int listener = socket(AF_INET, SOCK_STREAM, 0), error = -1;
    int client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

    assert(bind(listener, (struct sockaddr *)&address, size) == 0);
    assert(listen(listener, 5) == 0);
    assert(getsockname(listener, (struct sockaddr *)&address, &size) == 0);
    assert(connect(client, (struct sockaddr *)&address, size) == -1 &&
           errno == EINPROGRESS);
    assert(poll(&(struct pollfd){client, POLLOUT, 0}, 1, -1) == 1);
    assert(getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &error_size) == 0);
    assert(error == 0);
    assert(poll(&(struct pollfd){listener, POLLIN, 0}, 1, -1) == 1);
    assert(close(client) == 0 && close(listener) == 0);
}

int main(void)
{
    assert(pipe(pair) == 0);
    nothing_comes();
    something_comes();
    the_end();
    patience();
    connecting();
    return 0;
}
