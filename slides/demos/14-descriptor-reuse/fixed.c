// Alice takes too long: her connection is closed. Then Bob connects.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SERVER, CLIENT };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int alice[2], bob[2]; // the two ends of a connection

static void *answer(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_mutex_lock(&lock);
    if (alice[SERVER] >= 0)
        send(alice[SERVER], "OK 7\n", 5, MSG_NOSIGNAL); // @send
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *hang_up(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_mutex_lock(&lock);
    close(alice[SERVER]); // @close
    alice[SERVER] = -1;
    pthread_mutex_unlock(&lock);
    socketpair(AF_UNIX, SOCK_STREAM, 0, bob); // @reuse
    return NULL;
}

int main(void)
{
    pthread_t clerk, porter;
    char reply[16];

    socketpair(AF_UNIX, SOCK_STREAM, 0, alice);
    pthread_create(&clerk, NULL, answer, "clerk");
    pthread_create(&porter, NULL, hang_up, "porter");
    pthread_join(clerk, NULL);
    pthread_join(porter, NULL);
    ssize_t length = recv(bob[CLIENT], reply, sizeof reply, MSG_DONTWAIT);
    assert(length < 0); // Bob has not asked anything
    return 0;
}
