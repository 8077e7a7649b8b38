// The seats of the house, shared by all threads.
#include "seats.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "log.h"

static struct {
    char holder[NAME_SIZE]; // "" when the seat is free
} seats[SEATS_LIMIT + 1];   // seat 0 is not used

static int count; // seats in the house; set before the first thread starts
static int sold;  // seats that are held

// Protects seats and sold, which belong together: whoever holds it finds sold
// equal to the number of seats that have a holder, and leaves them so.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// The caller holds the lock.
static bool is_free(int seat)
{
    return seats[seat].holder[0] == '\0';
}

// The caller holds the lock.
static bool is_held_by(int seat, const char *name)
{
    return strcmp(seats[seat].holder, name) == 0;
}

void seats_open(int seat_count)
{
    count = seat_count;
}

int seats_count(void)
{
    return count;
}

// Checking and acting are one step: nobody can come in between. The log is
// written after the lock is given back, because a write may block.
enum seats_result seats_book(int seat, const char *name, char holder[NAME_SIZE])
{
    pthread_mutex_lock(&lock);
    if (!is_free(seat)) {
        strcpy(holder, seats[seat].holder);
        pthread_mutex_unlock(&lock);
        return SEATS_TAKEN;
    }
    strcpy(seats[seat].holder, name);
    sold++;
    pthread_mutex_unlock(&lock);
    log_line("seat %d sold to %s", seat, name);
    return SEATS_OK;
}

enum seats_result seats_cancel(int seat, const char *name)
{
    pthread_mutex_lock(&lock);
    if (!is_held_by(seat, name)) {
        pthread_mutex_unlock(&lock);
        return SEATS_NOT_YOURS;
    }
    seats[seat].holder[0] = '\0';
    sold--;
    pthread_mutex_unlock(&lock);
    log_line("seat %d given back by %s", seat, name);
    return SEATS_OK;
}

// Gives `to` to the holder of `from`, and frees `from`. The caller holds the
// lock.
static enum seats_result exchange(int from, int to, const char *name,
                                  char holder[NAME_SIZE])
{
    if (!is_held_by(from, name))
        return SEATS_NOT_YOURS;
    if (!is_free(to)) {
        strcpy(holder, seats[to].holder);
        return SEATS_TAKEN;
    }
    seats[from].holder[0] = '\0';
    strcpy(seats[to].holder, name);
    return SEATS_OK;
}

enum seats_result seats_move(int from, int to, const char *name,
                             char holder[NAME_SIZE])
{
    pthread_mutex_lock(&lock);
    enum seats_result result = exchange(from, to, name, holder);
    pthread_mutex_unlock(&lock);
    if (result == SEATS_OK)
        log_line("%s moved from seat %d to seat %d", name, from, to);
    return result;
}

void seats_who(int seat, char holder[NAME_SIZE])
{
    pthread_mutex_lock(&lock);
    strcpy(holder, seats[seat].holder);
    pthread_mutex_unlock(&lock);
}

int seats_sold(void)
{
    pthread_mutex_lock(&lock);
    int now = sold;
    pthread_mutex_unlock(&lock);
    return now;
}

void seats_map(char map[SEATS_LIMIT + 1])
{
    pthread_mutex_lock(&lock);
    for (int seat = 1; seat <= count; seat++)
        map[seat - 1] = is_free(seat) ? '.' : '#';
    pthread_mutex_unlock(&lock);
    map[count] = '\0';
}
