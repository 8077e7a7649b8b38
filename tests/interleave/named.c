// alice and bob book one seat. The names are the threads' names.
#include <assert.h>
#include <pthread.h>
#include <string.h>

static char holder[16];
static int sold;

static int book(const char *name)
{
    if (holder[0] != '\0') // @check
        return 0;
    strcpy(holder, name); // @act
    sold++;               // @count
    return 1;
}

static void *come(void *name)
{
    static int yes = 1, no = 0;

    pthread_setname_np(pthread_self(), name);
    return book(name) ? &yes : &no;
}

int main(void)
{
    pthread_t alice, bob;
    void *first, *second;

    pthread_create(&alice, NULL, come, "alice");
    pthread_create(&bob, NULL, come, "bob");
    pthread_join(alice, &first);
    pthread_join(bob, &second);
    assert(*(int *)first + *(int *)second == 1);
    return 0;
}
