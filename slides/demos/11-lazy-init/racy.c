// The house is opened by the first one who needs it ("double-checked").
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

struct house {
    int seats;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct house theatre;
static struct house *house; // NULL: it is not open yet

static struct house *open_house(void)
{
    if (house == NULL) { // @look
        pthread_mutex_lock(&lock);
        if (house == NULL) {
            house = &theatre;  // @publish
            house->seats = 40; // @fill
        }
        pthread_mutex_unlock(&lock);
    }
    return house;
}

static void *visit(void *name)
{
    pthread_setname_np(pthread_self(), name);
    assert(open_house()->seats == 40); // @use
    return NULL;
}

int main(void)
{
    pthread_t alice, bob;

    pthread_create(&alice, NULL, visit, "alice");
    pthread_create(&bob, NULL, visit, "bob");
    pthread_join(alice, NULL);
    pthread_join(bob, NULL);
    return 0;
}
