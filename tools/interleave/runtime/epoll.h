// epoll: the sets of epoll(7).
#ifndef EPOLL_H
#define EPOLL_H

// The descriptor of a set is closed: it is empty.
void epoll_forget(int set);

#endif
