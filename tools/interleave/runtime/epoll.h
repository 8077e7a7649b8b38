// epoll: the sets of epoll(7).
#ifndef EPOLL_H
#define EPOLL_H

// The descriptor of a set is closed: it is empty.
void epoll_forget(int set);

// For a descriptor that is not ours, and is waited for or copied: if it is a
// set, which would have to be looked into, the run cannot be judged.
void epoll_refuse(int descriptor);

#endif
