// place: internet addresses, of IPv4 and IPv6 alike.
#ifndef PLACE_H
#define PLACE_H

#include "end.h"

// An internet address, be it of IPv4 or IPv6, in the form of IPv6.
struct place {
    struct in6_addr host;
    int port;
};

// Returns false if the address is none of the internet.
bool place_read(const struct address *address, struct place *place);

void place_write(struct address *address, int family,
                 const struct place *place);

bool place_is_four(const struct place *place);
bool place_is_any(const struct place *place);
bool place_is_loopback(const struct place *place);

// Whether what is sent to `to` arrives at a socket that is bound to `at`.
bool place_reaches(const struct place *to, const struct place *at,
                   bool only_ipv6);

// The address at this machine by which a socket of that family is reached.
struct place place_loopback(int family, int port);

// No address at all, port 0.
struct place place_any(int family);

#endif
