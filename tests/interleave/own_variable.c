// A thread writes to the thread-local variable of another one.
#include <pthread.h>

static _Thread_local int mine;

static void *write_there(void *there)
{
    *(int *)there = 1;
    return NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, write_there, &mine);
    mine = 2;
    pthread_join(thread, NULL);
    return 0;
}
