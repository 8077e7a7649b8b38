// net: listening, accepting and sending, as labs 02 and 03 taught it.
//
// net_listen, and net_accept when it gives up, say why through log_line. None
// ends the process, and net_listen sees to it that SIGPIPE does not either: a
// client, or whoever reads the log, may be gone when we write.
#ifndef NET_H
#define NET_H

#include <stdbool.h>
#include <stddef.h>

struct net_listener {
    int descriptor;
    int spare; // a descriptor held in reserve, see net_accept; -1 if it is gone
};

// Opens a TCP socket that listens on `port` (0: the system chooses) of every
// address of this machine, IPv6 and IPv4. Prints "listening on port N" to
// standard output. Returns false if that is not possible. The caller owns the
// listener and closes it with net_close.
bool net_listen(struct net_listener *listener, int port);

// Waits for the next client and returns its connection, which the caller owns
// and closes. What concerns one client only (it has gone again, a signal came,
// no descriptor is left: accept(2)) is dealt with here: such a client is sent
// "ERR busy" or just closed, and the next one is waited for. Returns -1 when
// the listener itself is broken.
int net_accept(struct net_listener *listener);

// Closes the listener.
void net_close(struct net_listener *listener);

// Sends all `size` bytes, however many write calls that takes, and returns
// true; false if the other side is gone. Never raises SIGPIPE.
bool net_send(int connection, const char *bytes, size_t size);

#endif
