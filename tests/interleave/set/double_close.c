// Bug: both ends close the connection when they find it open; both find it
// open.
#include "threads.h"

struct connection {
    int number;
};

static struct connection *connection;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *close_it(void *argument)
{
    pthread_mutex_lock(&lock);
    struct connection *mine = connection;
#ifdef FIXED
    connection = NULL;
#endif
    pthread_mutex_unlock(&lock);
    if (mine == NULL)
        return argument;
    free(mine);
    pthread_mutex_lock(&lock);
    connection = NULL;
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    connection = malloc(sizeof *connection);
    start_many(close_it, 2);
    join_all();
    return 0;
}
