// doors: addresses, and who listens there.
//
// There is only this machine's loopback, and nobody else on it: a port is free
// unless the program itself has taken it.
#ifndef DOORS_H
#define DOORS_H

#include "end.h"

// What bind(2) and listen(2) do. Return 0 or an error number.
int doors_bind(struct end *end, const struct address *address);
int doors_listen(struct end *end, int backlog);

// Gives a socket that has no address one that nobody else has: connect(2).
void doors_bind_any(struct end *end);

// Finds who listens at the address. Returns 0 or an error number.
int doors_find(const struct address *address, struct end **listener);

// Who has listened first, of those who still do; NULL: nobody.
struct end *doors_first(void);

// The address by which `end` reaches the listener, and the one that the
// listener sees.
void doors_introduce(struct end *end, const struct end *listener,
                     struct end *accepted);

// Whether one more may wait at the listener.
bool doors_has_room(const struct end *listener);

// The end is released: its address is free again. That of a Unix socket stays
// until unlink(2).
void doors_leave(struct end *end);

// Removes the name of a Unix socket; false: there is none of that name.
bool doors_unlink(const char *path);

#endif
