#include "doors.h"

#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "place.h"
#include "run.h"

enum { DOORS_LIMIT = 1024, FIRST_FREE_PORT = 40000, FIRST_OWN_PORT = 50000 };

static struct door {
    struct address address;
    struct end *end; // NULL: it has gone, and the name of its socket is left
    int order;       // who has listened first; 0: it does not
} door_all[DOORS_LIMIT];
static int doors, orders;

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
    int i = 0;

    while (i < doors && door_all[i].address.any.sa_family != AF_UNSPEC)
        i++;
    if (i == DOORS_LIMIT)
        run_end(FINDING_UNJUDGED, "more than %d addresses", DOORS_LIMIT);
    doors += i == doors;
    door_all[i] = (struct door){.address = *address, .end = end};
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

    if (door->end == NULL || !place_read(&door->address, &other) ||
        other.port != place->port)
        return false;
    if (end->reuses && door->end->reuses && door->order == 0)
        return false;
    bool six = !place_is_four(place), other_six = !place_is_four(&other);
    if ((place_is_any(place) && six && !end->only_ipv6) ||
        (place_is_any(&other) && other_six && !door->end->only_ipv6))
        return true;
    return six == other_six &&
           (place_is_any(place) || place_is_any(&other) ||
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

    if (end->state == END_PIPE)
        return ENOTSOCK;
    if (end->bound || end->state != END_FRESH)
        return EINVAL;
    if (end->family == AF_UNIX)
        return bind_name(end, wanted);
    if (wanted->size < sizeof wanted->four)
        return EINVAL;
    if (wanted->any.sa_family != end->family)
        return EAFNOSUPPORT;
    if (!place_read(wanted, &place))
        return EINVAL;
    if (!place_is_any(&place) && !place_is_loopback(&place))
        return EADDRNOTAVAIL;
    if (place.port == 0 ? find_port(end, &place) != 0 : is_taken(end, &place))
        return EADDRINUSE;
    place_write(&address, end->family, &place);
    add(end, &address);
    return 0;
}

void doors_bind_any(struct end *end)
{
    static int clients;
    struct place place = place_any(end->family);

    if (end->bound || end->family == AF_UNIX)
        return;
    place.port = FIRST_OWN_PORT + clients++ % 10000;
    place_write(&end->here, end->family, &place);
    end->bound = true;
}

// Without bind(2) it gets a port: listen(2).
static int bind_listener(struct end *end)
{
    struct place place = place_any(end->family);
    struct address address;

    if (end->family == AF_UNIX)
        return EINVAL;
    place_write(&address, end->family, &place);
    return doors_bind(end, &address);
}

int doors_listen(struct end *end, int backlog)
{
    struct place place;

    if (end->state != END_FRESH && end->state != END_LISTENING)
        return end->state == END_PIPE ? ENOTSOCK : EINVAL;
    int error = end->bound ? 0 : bind_listener(end);
    if (error != 0)
        return error;
    struct door *door = door_of(end);
    if (door == NULL)
        return EINVAL; // a connect that failed has bound it
    if (place_read(&end->here, &place))
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

static struct door *door_of_place(const struct place *to)
{
    struct place at;

    for (int i = 0; i < doors; i++)
        if (door_all[i].order > 0 && place_read(&door_all[i].address, &at) &&
            place_reaches(to, &at, door_all[i].end->only_ipv6))
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
    } else if (!place_read(address, &to)) {
        return EINVAL;
    } else if (!place_is_any(&to) && !place_is_loopback(&to)) {
        return ENETUNREACH;
    } else {
        if (place_is_any(&to)) // means this machine: ip(7)
            to = place_loopback(place_is_four(&to) ? AF_INET : AF_INET6,
                                to.port);
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

    place_read(&end->here, &place);
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
    struct place here = place_loopback(end->family, port_of(end));
    struct place there = place_loopback(end->family, port_of(listener));
    place_write(&end->here, end->family, &here);
    place_write(&end->there, end->family, &there);
    place_write(&accepted->here, listener->family, &there);
    place_write(&accepted->there, listener->family, &here);
}
