// end: one end of a connection or of a pipe, and the descriptors that lead to
// it.
//
// The number of a descriptor is a real one: something real that does nothing
// is kept open under it (its placeholder), so that it is the lowest that is
// free, as POSIX says, and no file of the program gets it. O_NONBLOCK and
// close-on-exec are the placeholder's, too.
#ifndef END_H
#define END_H

#include <stdint.h>

#include "address.h"
#include "stream.h"
#include "thread.h"

enum end_state {
    END_FRESH, // a socket, nothing more
    END_LISTENING,
    END_CONNECTED, // or was
    END_PIPE,
};

struct end {
    enum end_state state;
    int family;
    int references;          // descriptors, and calls that wait in it
    struct stream *in, *out; // NULL: it has none
    struct end *peer;        // NULL: gone
    int error;               // what SO_ERROR would say
    bool reset;              // the connection has failed
    bool connecting;         // connect(2) has said EINPROGRESS
    bool reuses, only_ipv6;  // SO_REUSEADDR, IPV6_V6ONLY
    int64_t input_patience;  // SO_RCVTIMEO in nanoseconds; FOR_EVER
    int64_t output_patience; // SO_SNDTIMEO
    bool bound;
    struct address here, there;
    struct end *queue; // LISTENING: who waits to be accepted
    struct end *next;  // in such a queue
    int waiting, backlog;
    bool shut;  // shutdown(2): it accepts, or reads, nothing more
    int client; // the number of the client at the other side; 0: none
};

enum { FOR_EVER = -1 };

struct end *end_new(enum end_state state, int family);

// What a descriptor leads to; NULL: nothing of ours.
struct end *end_at(int descriptor);

// Whether it leads to something of ours; called at pc. That it leads nowhere at
// all is a step: another thread may have closed it, or be about to open it.
bool end_is_ours(int descriptor, uint64_t pc);

// From now on the descriptor, which is a placeholder's, leads to the end, or
// (NULL) nowhere.
void end_set(int descriptor, struct end *end);

// One reference less. With the last one the end is released: the other side
// comes to the end of file, or is told otherwise. That is a step, called at pc.
void end_drop(struct end *end, uint64_t pc);

// The step alone, for the other side: nothing more is written; nothing more is
// read.
void end_finish_output(struct end *end);
void end_finish_input(struct end *end);

// The connection has failed: what tcp(7) does when a RST comes.
void end_fail(struct end *end);

bool end_is_readable(const struct end *end);
bool end_is_writable(const struct end *end);

// Connects the two ends.
void end_join(struct end *one, struct end *other);

// The other side, in words: "alice", "a pipe", or "descriptor 4" for this side.
// Valid until the next call.
const char *end_name(const struct end *end);

// What steps touch (see conflict.h): the descriptor; which numbers are free;
// who listens where.
uint64_t end_number_object(int descriptor);
uint64_t end_numbers_object(void);
uint64_t end_doors_object(void);

// An op that opens descriptors (DEED_OPEN, DEED_ACCEPT) is about to be carried
// out: notes in it the numbers that it will get, the lowest that are free.
void end_foresee(struct op *op);

// The point at which so many descriptors, 1 or 2, are opened.
void end_point_of_opening(int count, uint64_t pc);

#endif
