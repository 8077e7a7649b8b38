// client: one customer of the swarm, driven by events: its connection never
// blocks. It says HELLO, makes its requests one at a time, and says QUIT.
#ifndef CLIENT_H
#define CLIENT_H

#include <netdb.h>
#include <stdbool.h>

#include "history.h"
#include "line.h"
#include "options.h"

enum client_state {
    CLIENT_CONNECTING, // until the connection is there
    CLIENT_GREETING,   // has said HELLO
    CLIENT_READY,      // may make its next request
    CLIENT_ASKING,     // waits for a reply
    CLIENT_LEAVING,    // has said QUIT
    CLIENT_GONE,       // done, in the proper way
    CLIENT_CUT_OFF,    // the server closed the connection, or it failed
    CLIENT_TURNED_AWAY // the server was busy
};

struct client {
    enum client_state state;
    int socket; // -1 when it is closed
    int number; // in the swarm, from 0
    int name;
    int left;          // requests to make
    int64_t due;       // when the current request should have been sent
    uint64_t random;   // the state of its random numbers
    uint64_t holds[2]; // the seats that it holds: bit seat % 64 of seat / 64
    struct operation operation; // the current request
    struct line_buffer replies;
};

// Starts to connect. Returns false if that fails at once; then the client is
// cut off.
bool client_connect(struct client *client, const struct addrinfo *server);

// The connection is there: says HELLO.
void client_greet(struct client *client, const char *name);

// Makes the next request, which was due at that time; both times in
// nanoseconds since the start. The client is CLIENT_READY.
void client_ask(struct client *client, const struct options *options, int seats,
                int64_t due, int64_t now);

// All its requests are made: says QUIT.
void client_leave(struct client *client);

// The connection has something to read. Returns true if that was the reply to
// the current request; then client->operation is complete, `now` its return.
bool client_receive(struct client *client, const struct history *history,
                    int64_t now);

// Closes the connection.
void client_close(struct client *client, enum client_state state);

// Whether the client still has something to do.
bool client_is_busy(const struct client *client);

#endif
