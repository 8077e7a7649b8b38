// Two threads, one variable, and a lock for each of them: mistakes for
// explain.bats. The first letter of the argument says which one.
#include <pthread.h>
#include <string.h>

static pthread_mutex_t red = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t blue = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t gate = PTHREAD_RWLOCK_INITIALIZER;
static char mistake;
static int sold, seats[3];
static char name[16];

static void sell_with(pthread_mutex_t *lock)
{
    pthread_mutex_lock(lock);
    sold++;
    pthread_mutex_unlock(lock);
}

static void sell_while_reading(void)
{
    pthread_rwlock_rdlock(&gate);
    sold++;
    pthread_rwlock_unlock(&gate);
}

static void sell_seat(int number)
{
    seats[number]++;
}

static void sell_all(void)
{
    sell_seat(0);
    sell_seat(1);
    sell_seat(2);
}

static void *alice(void *unused)
{
    const char *volatile who = "abigail";

    switch (mistake) {
    case 'n':   // no lock
        sold++; // alice
        break;
    case 't': // two locks
    case 'o': // one lock
    case 'f': // fixed
        sell_with(&red);
        break;
    case 'r': // a lock for reading
        sell_while_reading();
        break;
    case 'l':              // a library function
        strcpy(name, who); // alice copies
        break;
    case 'm': // the same, many times
        sell_all();
        break;
    }
    return unused;
}

static void *bob(void *unused)
{
    const char *volatile who = "bernard";

    switch (mistake) {
    case 'n':
        sold = 5; // bob
        break;
    case 't':
        sell_with(&blue);
        break;
    case 'o':
        sold++;
        break;
    case 'f':
        sell_with(&red);
        break;
    case 'r':
        sell_while_reading();
        break;
    case 'l':
        strcpy(name, who);
        break;
    case 'm':
        sell_all();
        break;
    }
    return unused;
}

static void *count(void *number)
{
    ++*(int *)number;
    return NULL;
}

int main(int argc, char *argv[])
{
    int local = 0;
    pthread_t a, b, c;

    mistake = argv[argc - 1][0];
    if (mistake == 's') { // a shared local variable
        pthread_create(&c, NULL, count, &local);
        local++;
        pthread_join(c, NULL);
    }
    pthread_create(&a, NULL, alice, NULL);
    pthread_create(&b, NULL, bob, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return sold == 77 || seats[0] == 77;
}
