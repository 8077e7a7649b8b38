// Two threads write to one connection, each a line.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { SERVER, CLIENT };

static int connection[2];

static void *sell(void *seat)
{
    char line[16];

    int length = snprintf(line, sizeof line, "SOLD %s", (char *)seat);
    send(connection[SERVER], line, (size_t)length, MSG_NOSIGNAL); // @second
    return NULL;
}

int main(void)
{
    pthread_t one, other;
    char text[32] = "";

    socketpair(AF_UNIX, SOCK_STREAM, 0, connection);
    pthread_create(&one, NULL, sell, "3\n");
    pthread_create(&other, NULL, sell, "7\n");
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    recv(connection[CLIENT], text, sizeof text - 1, 0);
    int is_3_first = strcmp(text, "SOLD 3\nSOLD 7\n") == 0;
    int is_7_first = strcmp(text, "SOLD 7\nSOLD 3\n") == 0;
    assert(is_3_first || is_7_first);
    return 0;
}
