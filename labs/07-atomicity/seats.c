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

// Each variable has its lock, and nobody touches it without.
static pthread_mutex_t seats_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t sold_lock = PTHREAD_MUTEX_INITIALIZER;

// The caller holds seats_lock.
static bool is_free(int seat)
{
    return seats[seat].holder[0] == '\0';
}

// The caller holds seats_lock.
static bool is_held_by(int seat, const char *name)
{
    return strcmp(seats[seat].holder, name) == 0;
}

static void count_sales(int change)
{
    pthread_mutex_lock(&sold_lock);
    sold += change;
    pthread_mutex_unlock(&sold_lock);
}

void seats_open(int seat_count)
{
    count = seat_count;
}

int seats_count(void)
{
    return count;
}

enum seats_result seats_book(int seat, const char *name, char holder[NAME_SIZE])
{
    pthread_mutex_lock(&seats_lock);
    if (!is_free(seat)) {
        strcpy(holder, seats[seat].holder);
        pthread_mutex_unlock(&seats_lock);
        return SEATS_TAKEN;
    }
    strcpy(seats[seat].holder, name);
    pthread_mutex_unlock(&seats_lock);
    count_sales(1);
    log_line("seat %d sold to %s", seat, name);
    return SEATS_OK;
}

enum seats_result seats_cancel(int seat, const char *name)
{
    pthread_mutex_lock(&seats_lock);
    if (!is_held_by(seat, name)) {
        pthread_mutex_unlock(&seats_lock);
        return SEATS_NOT_YOURS;
    }
    seats[seat].holder[0] = '\0';
    pthread_mutex_unlock(&seats_lock);
    count_sales(-1);
    log_line("seat %d given back by %s", seat, name);
    return SEATS_OK;
}

void seats_who(int seat, char holder[NAME_SIZE])
{
    pthread_mutex_lock(&seats_lock);
    strcpy(holder, seats[seat].holder);
    pthread_mutex_unlock(&seats_lock);
}

// Made of steps that are safe, each of them.
enum seats_result seats_move(int from, int to, const char *name,
                             char holder[NAME_SIZE])
{
    char present[NAME_SIZE];

    seats_who(from, present);
    if (strcmp(present, name) != 0)
        return SEATS_NOT_YOURS;
    seats_who(to, holder);
    if (holder[0] != '\0')
        return SEATS_TAKEN;
    seats_cancel(from, name);
    return seats_book(to, name, holder);
}

int seats_sold(void)
{
    pthread_mutex_lock(&sold_lock);
    int now = sold;
    pthread_mutex_unlock(&sold_lock);
    return now;
}

void seats_map(char map[SEATS_LIMIT + 1])
{
    pthread_mutex_lock(&seats_lock);
    for (int seat = 1; seat <= count; seat++)
        map[seat - 1] = is_free(seat) ? '.' : '#';
    pthread_mutex_unlock(&seats_lock);
    map[count] = '\0';
}
