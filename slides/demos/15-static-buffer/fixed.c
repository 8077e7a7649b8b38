// Two sessions take their requests apart.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>

struct session {
    const char *name;
    char request[16];
    const char *seat; // as it is asked for
};

static struct session alice = {"alice", "BOOK 7", NULL};
static struct session bob = {"bob", "CANCEL 3", NULL};

static void *parse(void *argument)
{
    struct session *session = argument;
    char *rest;

    pthread_setname_np(pthread_self(), session->name);
    strtok_r(session->request, " ", &rest);     // @command
    session->seat = strtok_r(NULL, " ", &rest); // @seat
    return NULL;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, parse, &alice);
    pthread_create(&other, NULL, parse, &bob);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    assert(alice.seat != NULL && strcmp(alice.seat, "7") == 0);
    assert(bob.seat != NULL && strcmp(bob.seat, "3") == 0);
    return 0;
}
