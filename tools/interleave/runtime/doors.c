#include "doors.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "run.h"

enum { DOORS_LIMIT = 1024, FIRST_FREE_PORT = 40000 };

static struct door {
    struct address address;
    struct end *end; // NULL: it has gone, and the name of its socket is left
    int order;       // who has listened first; 0: it does not
} door_all[DOORS_LIMIT];
static int doors, orders;

// ---- addresses ----

// An internet address, be it of IPv4 or IPv6, in the form of IPv6.
struct place {
    struct in6_addr host;
    int port;
};

static struct in6_addr mapped(struct in_addr host)
{
    struct in6_addr all = {.s6_addr = {[10] = 0xff, [11] = 0xff}};

    memcpy(&all.s6_addr[12], &host, sizeof host);
    return all;
}

static bool place_of(const struct address *address, struct place *place)
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

static bool is_four(const struct place *place)
{
    return IN6_IS_ADDR_V4MAPPED(&place->host);
}

static bool is_any(const struct place *place)
{
    static const uint8_t zeros[4];

    return IN6_IS_ADDR_UNSPECIFIED(&place->host) ||
           (is_four(place) &&
            memcmp(&place->host.s6_addr[12], zeros, sizeof zeros) == 0);
}

static bool is_loopback(const struct place *place)
{
    return IN6_IS_ADDR_LOOPBACK(&place->host) ||
           (is_four(place) && place->host.s6_addr[12] == 127);
}

// Whether what is sent to `to` arrives at a socket that is bound to `at`.
static bool reaches(const struct place *to, const struct place *at,
                    bool only_ipv6)
{
    if (to->port != at->port || (only_ipv6 && is_four(to)))
        return false;
    if (is_any(at))
        return !is_four(at) || is_four(to);
    return memcmp(&to->host, &at->host, sizeof to->host) == 0;
}

static void write_address(struct address *address, int family,
                          const struct place *place)
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

static void write_unnamed(struct address *address)
{
    memset(address, 0, sizeof *address);
    address->any.sa_family = AF_UNIX;
    address->size = sizeof(sa_family_t);
}

// ---- Unix sockets ----

static bool is_abstract(const struct address *address)
{
    return address->name.sun_path[0] == '\0'; // unix(7)
}

static bool is_same_name(const struct address *one, const struct address *other)
{
    if (one->any.sa_family != AF_UNIX)
        return false;
    if (is_abstract(one) || is_abstract(other))
        return one->size == other->size &&
               memcmp(&one->name, &other->name, one->size) == 0;
    return strncmp(one->name.sun_path, other->name.sun_path,
                   sizeof one->name.sun_path) == 0;
}

static struct door *door_of_name(const struct address *name)
{
    for (int i = 0; i < doors; i++)
        if (is_same_name(&door_all[i].address, name))
            return &door_all[i];
    return NULL;
}

bool doors_unlink(const char *path)
{
    struct address name = {.name = {.sun_family = AF_UNIX}};

    if (path[0] == '\0' || strlen(path) >= sizeof name.name.sun_path)
        return false;
    strcpy(name.name.sun_path, path);
    struct door *door = door_of_name(&name);
    if (door == NULL)
        return false;
    door->address.any.sa_family = AF_UNSPEC;
    return true;
}

// ---- who is where ----

static void add(struct end *end, const struct address *address)
{
    if (doors == DOORS_LIMIT)
        run_end(FINDING_UNJUDGED, "more than %d addresses", DOORS_LIMIT);
    door_all[doors++] = (struct door){.address = *address, .end = end};
    end->here = *address;
    end->bound = true;
}

static struct door *door_of(const struct end *end)
{
    for (int i = 0; i < doors; i++)
        if (door_all[i].end == end)
            return &door_all[i];
    return NULL;
}

void doors_leave(struct end *end)
{
    struct door *door = door_of(end);

    if (door == NULL)
        return;
    door->end = NULL;
    door->order = 0;
    if (door->address.any.sa_family != AF_UNIX || is_abstract(&door->address))
        door->address.any.sa_family = AF_UNSPEC;
}

static bool collide(const struct end *end, const struct place *place,
                    const struct door *door)
{
    struct place other;

    if (door->end == NULL || !place_of(&door->address, &other) ||
        other.port != place->port)
        return false;
    if (end->reuses && door->end->reuses && door->order == 0)
        return false;
    bool six = !is_four(place), other_six = !is_four(&other);
    if ((is_any(place) && six && !end->only_ipv6) ||
        (is_any(&other) && other_six && !door->end->only_ipv6))
        return true;
    return six == other_six &&
           (is_any(place) || is_any(&other) ||
            memcmp(&place->host, &other.host, sizeof other.host) == 0);
}

static bool is_taken(const struct end *end, const struct place *place)
{
    for (int i = 0; i < doors; i++)
        if (door_all[i].end != end && collide(end, place, &door_all[i]))
            return true;
    return false;
}

static int find_port(const struct end *end, struct place *place)
{
    for (place->port = FIRST_FREE_PORT; place->port < 1 << 16; place->port++)
        if (!is_taken(end, place))
            return 0;
    return EADDRINUSE;
}

static int bind_name(struct end *end, const struct address *name)
{
    if (name->any.sa_family != AF_UNIX || name->size > sizeof name->name ||
        name->size <= offsetof(struct sockaddr_un, sun_path))
        return EINVAL;
    if (door_of_name(name) != NULL ||
        (!is_abstract(name) && access(name->name.sun_path, F_OK) == 0))
        return EADDRINUSE;
    add(end, name);
    return 0;
}

int doors_bind(struct end *end, const struct address *wanted)
{
    struct address address;
    struct place place;

    if (end->bound || end->state != END_FRESH)
        return EINVAL;
    if (end->family == AF_UNIX)
        return bind_name(end, wanted);
    if (wanted->size < sizeof wanted->four)
        return EINVAL;
    if (wanted->any.sa_family != end->family)
        return EAFNOSUPPORT;
    if (!place_of(wanted, &place))
        return EINVAL;
    if (!is_any(&place) && !is_loopback(&place))
        return EADDRNOTAVAIL;
    if (place.port == 0 ? find_port(end, &place) != 0 : is_taken(end, &place))
        return EADDRINUSE;
    write_address(&address, end->family, &place);
    add(end, &address);
    return 0;
}

static struct place nowhere(int family)
{
    static const struct in_addr zero;

    return (struct place){family == AF_INET ? mapped(zero) : in6addr_any, 0};
}

void doors_bind_any(struct end *end)
{
    struct place place = nowhere(end->family);
    struct address address;

    if (end->bound || end->family == AF_UNIX || find_port(end, &place) != 0)
        return;
    write_address(&address, end->family, &place);
    add(end, &address);
}

int doors_listen(struct end *end, int backlog)
{
    struct place place;

    if (end->state != END_FRESH && end->state != END_LISTENING)
        return EINVAL;
    doors_bind_any(end);
    struct door *door = door_of(end);
    if (door == NULL)
        return EINVAL; // a Unix socket without a name
    if (place_of(&end->here, &place))
        for (int i = 0; i < doors; i++)
            if (&door_all[i] != door && door_all[i].order > 0 &&
                collide(end, &place, &door_all[i]))
                return EADDRINUSE;
    end->state = END_LISTENING;
    end->backlog = backlog < 0 || backlog > 4096 ? 4096 : backlog;
    if (door->order == 0)
        door->order = ++orders;
    return 0;
}

bool doors_has_room(const struct end *listener)
{
    return listener->waiting <= listener->backlog; // as in Linux: one more
}

// The address at this machine by which a socket of that family is reached.
static struct place loopback(int family, int port)
{
    if (family == AF_INET)
        return (struct place){mapped((struct in_addr){htonl(INADDR_LOOPBACK)}),
                              port};
    return (struct place){in6addr_loopback, port};
}

static struct door *door_of_place(const struct place *to)
{
    struct place at;

    for (int i = 0; i < doors; i++)
        if (door_all[i].order > 0 && place_of(&door_all[i].address, &at) &&
            reaches(to, &at, door_all[i].end->only_ipv6))
            return &door_all[i];
    return NULL;
}

int doors_find(const struct address *address, struct end **listener)
{
    struct place to;
    struct door *found;

    if (address->any.sa_family == AF_UNIX) {
        found = door_of_name(address);
        if (found == NULL)
            return access(address->name.sun_path, F_OK) == 0 ? ECONNREFUSED
                                                             : ENOENT;
    } else if (!place_of(address, &to)) {
        return EINVAL;
    } else if (!is_any(&to) && !is_loopback(&to)) {
        return ENETUNREACH;
    } else {
        if (is_any(&to)) // means this machine: ip(7)
            to = loopback(is_four(&to) ? AF_INET : AF_INET6, to.port);
        found = door_of_place(&to);
    }
    if (found == NULL || found->end == NULL || found->order == 0 ||
        found->end->shut)
        return ECONNREFUSED;
    *listener = found->end;
    return 0;
}

struct end *doors_first(void)
{
    struct door *first = NULL;

    for (int i = 0; i < doors; i++)
        if (door_all[i].order > 0 && !door_all[i].end->shut &&
            (first == NULL || door_all[i].order < first->order))
            first = &door_all[i];
    return first != NULL ? first->end : NULL;
}

static int port_of(const struct end *end)
{
    struct place place = {.port = 0};

    place_of(&end->here, &place);
    return place.port;
}

void doors_introduce(struct end *end, const struct end *listener,
                     struct end *accepted)
{
    accepted->here = listener->here;
    if (end->family == AF_UNIX) {
        end->there = listener->here;
        if (!end->bound)
            write_unnamed(&end->here);
        accepted->there = end->here;
        return;
    }
    // Seen from IPv6, a client of IPv4 has a mapped address: ipv6(7).
    struct place here = loopback(end->family, port_of(end));
    struct place there = loopback(end->family, port_of(listener));
    write_address(&end->here, end->family, &here);
    write_address(&end->there, end->family, &there);
    write_address(&accepted->here, listener->family, &there);
    write_address(&accepted->there, listener->family, &here);
}
