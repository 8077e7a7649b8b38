// Many may look at the house at a time. Counting is a quick look, too?
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int visits;

static void *look(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_rwlock_wrlock(&lock);
    visits++; // @count
    pthread_rwlock_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t alice, bob;

    pthread_create(&alice, NULL, look, "alice");
    pthread_create(&bob, NULL, look, "bob");
    pthread_join(alice, NULL);
    pthread_join(bob, NULL);
    assert(visits == 2);
    return 0;
}
