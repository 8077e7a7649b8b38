// Waiting with epoll: as long as there is something, or once. What is asserted
// is so in Linux, whoever goes on when.
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static int set;
static int one[2], other[2];
static int times_reported;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int change(int operation, int descriptor, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = descriptor};

    return epoll_ctl(set, operation, descriptor, &event);
}

static void *write_later(void *argument)
{
    assert(write(one[1], "x", 1) == 1);
    return argument;
}

// Misuse is an error, as for the kernel.
static void check_errors(void)
{
    int file = open("/dev/null", O_RDONLY);

    assert(change(EPOLL_CTL_MOD, one[0], EPOLLIN) == -1 && errno == ENOENT);
    assert(change(EPOLL_CTL_DEL, one[0], 0) == -1 && errno == ENOENT);
    assert(change(EPOLL_CTL_ADD, one[0], EPOLLIN) == 0);
    assert(change(EPOLL_CTL_ADD, one[0], EPOLLIN) == -1 && errno == EEXIST);
    assert(change(EPOLL_CTL_ADD, file, EPOLLIN) == -1 && errno == EPERM);
    assert(close(file) == 0);
}

// A thread writes, at any time; it is reported until it has been read.
static void check_level(void)
{
    struct epoll_event event;
    pthread_t writer;
    char byte;

    assert(epoll_wait(set, &event, 1, 0) == 0);
    assert(epoll_wait(set, &event, 1, 10) == 0);
    assert(pthread_create(&writer, NULL, write_later, NULL) == 0);
    for (int i = 0; i < 2; i++) {
        assert(epoll_wait(set, &event, 1, -1) == 1);
        assert(event.events == EPOLLIN && event.data.fd == one[0]);
    }
    assert(read(one[0], &byte, 1) == 1);
    assert(epoll_wait(set, &event, 1, 0) == 0);
    pthread_join(writer, NULL);
}

// Where there is room for one report, each has its turn.
static void check_turns(void)
{
    struct epoll_event event[2];

    assert(change(EPOLL_CTL_ADD, other[0], EPOLLIN | EPOLLOUT) == 0);
    assert(write(one[1], "x", 1) == 1 && write(other[1], "x", 1) == 1);
    assert(epoll_wait(set, event, 2, -1) == 2);
    assert(epoll_wait(set, &event[0], 1, -1) == 1);
    assert(epoll_wait(set, &event[1], 1, -1) == 1);
    assert(event[0].data.fd != event[1].data.fd);
    assert(change(EPOLL_CTL_DEL, other[0], 0) == 0);
    assert(epoll_wait(set, event, 2, -1) == 1 && event[0].data.fd == one[0]);
}

static void *take_report(void *argument)
{
    struct epoll_event event;
    int found = epoll_wait(set, &event, 1, 10);

    pthread_mutex_lock(&lock);
    times_reported += found;
    pthread_mutex_unlock(&lock);
    return argument;
}

// Two threads wait, and one of them is told; and nobody any more, until the
// descriptor is armed again.
static void check_once(void)
{
    pthread_t thread[2];
    struct epoll_event event;

    assert(change(EPOLL_CTL_MOD, one[0], EPOLLIN | EPOLLONESHOT) == 0);
    for (int i = 0; i < 2; i++)
        assert(pthread_create(&thread[i], NULL, take_report, NULL) == 0);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    assert(times_reported == 1);
    assert(epoll_wait(set, &event, 1, 0) == 0);
    assert(change(EPOLL_CTL_MOD, one[0], EPOLLIN | EPOLLONESHOT) == 0);
    assert(epoll_wait(set, &event, 1, 0) == 1);
}

// The other side goes: that is reported, asked for or not. What is closed is in
// the set no more.
static void check_end(void)
{
    struct epoll_event event;

    assert(change(EPOLL_CTL_MOD, one[0], EPOLLRDHUP) == 0);
    assert(close(one[1]) == 0);
    assert(epoll_wait(set, &event, 1, -1) == 1);
    assert(event.events == (EPOLLRDHUP | EPOLLHUP));
    assert(close(one[0]) == 0);
    assert(epoll_wait(set, &event, 1, 0) == 0);
}

int main(void)
{
    set = epoll_create1(EPOLL_CLOEXEC);
    assert(set >= 0);
    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, one) == 0);
    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, other) == 0);
    check_errors();
    check_level();
    check_turns();
    check_once();
    check_end();
    assert(close(other[0]) == 0 && close(other[1]) == 0 && close(set) == 0);
    return 0;
}
