// What epoll can do and interleave does not handle: the argument says what.
#include <assert.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

static void watch_edges(int set, int descriptor)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLET};

    assert(epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event) == 0);
}

static void nest(int set)
{
    struct epoll_event event = {.events = EPOLLIN};

    assert(epoll_ctl(epoll_create1(0), EPOLL_CTL_ADD, set, &event) == 0);
}

static void select_it(int set)
{
    fd_set sets;

    FD_ZERO(&sets);
    FD_SET(set, &sets);
    assert(select(set + 1, &sets, NULL, NULL, NULL) >= 0);
}

int main(int argc, char *argv[])
{
    int set = epoll_create1(0), ends[2];
    struct pollfd item = {.fd = set, .events = POLLIN};

    assert(argc == 2 && set >= 0 && pipe(ends) == 0);
    if (strcmp(argv[1], "edge") == 0)
        watch_edges(set, ends[0]);
    else if (strcmp(argv[1], "nested") == 0)
        nest(set);
    else if (strcmp(argv[1], "poll") == 0)
        assert(poll(&item, 1, -1) >= 0);
    else if (strcmp(argv[1], "select") == 0)
        select_it(set);
    else
        assert(dup(set) >= 0 && close(set) == 0);
    return 0;
}
