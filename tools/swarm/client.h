// client: one customer of the swarm, driven by events: its connection never
// blocks. It says HELLO, makes its requests one at a time, and says QUIT. Some
// requests it breaks off (--cut). With --ask it says one line again and again.
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
    CLIENT_BROKEN_OFF, // has closed the connection, to come again
    CLIENT_GONE,       // done, in the proper way
    CLIENT_CUT_OFF,    // the server closed the connection, or it failed
    CLIENT_TURNED_AWAY // the server was busy
};

struct client {
    enum client_state state;
    int socket; // -1 when it is closed
    int number; // in the swarm, from 0
    int name;
    int made;           // requests
    int64_t due;        // when the current request should have been sent
    uint64_t random;    // the state of its random numbers
    uint64_t holds[2];  // the seats that it holds: bit seat % 64 of seat / 64
    uint64_t unsure[2]; // those that a request without a reply may have changed
    struct operation operation; // the current request
    struct line_buffer replies;
    char stray[STRAY_SIZE]; // a line that it did not ask for; "": none
    bool closing;           // has heard that the server ends
};

// Starts to connect. Returns false if that fails at once; then the client is
// cut off.
bool client_connect(struct client *client, const struct addrinfo *server);

// The connection is there: says HELLO, if there is a name; NULL: with --ask.
void client_greet(struct client *client, const char *name);

// Makes the next request, which was due at that time; both times in
// nanoseconds since the start. The client is CLIENT_READY. It may become
// CLIENT_BROKEN_OFF; if a whole request went out, that is the operation then,
// otherwise operation.called is 0.
void client_ask(struct client *client, const struct options *options, int seats,
                int64_t due, int64_t now);

// All its requests are made: says QUIT, or with --ask just closes.
void client_leave(struct client *client, const struct options *options);

// The connection has something to read. Returns true if that was the reply to
// the current request; then client->operation is complete, `now` its return.
bool client_receive(struct client *client, const struct options *options,
                    const struct history *history, int64_t now);

// Closes the connection.
void client_close(struct client *client, enum client_state state);

// Whether the client still has something to do.
bool client_is_busy(const struct client *client);

#endif
