// tries: to reach other machines, and servers on this one
// score: 5
// says: reached 0
#include <arpa/inet.h>

static int reaches(const char *where, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port)};
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);

    inet_pton(AF_INET, where, &address.sin_addr);
    return connect(descriptor, (struct sockaddr *)&address, sizeof address) ==
           0;
}

static void attack(void)
{
    printf("reached %d\n",
           reaches("192.0.2.1", 80) + reaches("127.0.0.1", HOST_PORT));
    exit(0);
}
