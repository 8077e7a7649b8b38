#include "place.h"

#include <arpa/inet.h>
#include <string.h>

static struct in6_addr mapped(struct in_addr host)
{
    struct in6_addr all = {.s6_addr = {[10] = 0xff, [11] = 0xff}};

    memcpy(&all.s6_addr[12], &host, sizeof host);
    return all;
}

bool place_read(const struct address *address, struct place *place)
{
    if (address->any.sa_family == AF_INET &&
        address->size >= sizeof address->four)
        *place = (struct place){mapped(address->four.sin_addr),
                                ntohs(address->four.sin_port)};
    else if (address->any.sa_family == AF_INET6 &&
             address->size >= sizeof address->six)
        *place = (struct place){address->six.sin6_addr,
                                ntohs(address->six.sin6_port)};
    else
        return false;
    return true;
}

bool place_is_four(const struct place *place)
{
    return IN6_IS_ADDR_V4MAPPED(&place->host);
}

bool place_is_any(const struct place *place)
{
    static const uint8_t zeros[4];

    return IN6_IS_ADDR_UNSPECIFIED(&place->host) ||
           (place_is_four(place) &&
            memcmp(&place->host.s6_addr[12], zeros, sizeof zeros) == 0);
}

bool place_is_loopback(const struct place *place)
{
    return IN6_IS_ADDR_LOOPBACK(&place->host) ||
           (place_is_four(place) && place->host.s6_addr[12] == 127);
}

bool place_reaches(const struct place *to, const struct place *at,
                   bool only_ipv6)
{
    if (to->port != at->port || (only_ipv6 && place_is_four(to)))
        return false;
    if (place_is_any(at))
        return !place_is_four(at) || place_is_four(to);
    return memcmp(&to->host, &at->host, sizeof to->host) == 0;
}

void place_write(struct address *address, int family, const struct place *place)
{
    memset(address, 0, sizeof *address);
    address->any.sa_family = (sa_family_t)family;
    if (family == AF_INET) {
        address->four.sin_port = htons((uint16_t)place->port);
        memcpy(&address->four.sin_addr, &place->host.s6_addr[12], 4);
        address->size = sizeof address->four;
    } else {
        address->six.sin6_port = htons((uint16_t)place->port);
        address->six.sin6_addr = place->host;
        address->size = sizeof address->six;
    }
}

struct place place_loopback(int family, int port)
{
    if (family == AF_INET)
        return (struct place){mapped((struct in_addr){htonl(INADDR_LOOPBACK)}),
                              port};
    return (struct place){in6addr_loopback, port};
}

struct place place_any(int family)
{
    static const struct in_addr zero;

    return (struct place){family == AF_INET ? mapped(zero) : in6addr_any, 0};
}
