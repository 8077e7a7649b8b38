#include "address.h"

#include <string.h>

bool address_read(struct address *address, const struct sockaddr *from,
                  socklen_t size)
{
    memset(address, 0, sizeof *address);
    if (size > sizeof address->storage || size < sizeof from->sa_family)
        return false;
    memcpy(&address->storage, from, size);
    address->size = size;
    return true;
}

void address_give(const struct address *from, struct sockaddr *to,
                  socklen_t *size)
{
    if (to == NULL || size == NULL)
        return;
    memcpy(to, &from->storage, *size < from->size ? *size : from->size);
    *size = from->size;
}
