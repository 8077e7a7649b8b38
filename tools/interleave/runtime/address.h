// address: addresses of sockets, of any family.
#ifndef ADDRESS_H
#define ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

struct address {
    union {
        struct sockaddr any;
        struct sockaddr_in four;
        struct sockaddr_in6 six;
        struct sockaddr_un name;
        struct sockaddr_storage storage;
    };
    socklen_t size; // 0: none
};

// Takes an address from a caller. Returns false if its size cannot be right.
bool address_read(struct address *address, const struct sockaddr *from,
                  socklen_t size);

// Gives an address to a caller who may not want it: accept(2).
void address_give(const struct address *from, struct sockaddr *to,
                  socklen_t *size);

#endif
