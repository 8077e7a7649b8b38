// The seats of the house, shared by all threads. Each seat has a lock of its
// own, so that two clients who want different seats do not wait for each other.
#include "seats.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "log.h"

static struct {
    pthread_mutex_t lock;   // protects holder
    char holder[NAME_SIZE]; // "" when the seat is free
} seats[SEATS_LIMIT + 1];   // seat 0 is not used

static int count; // seats in the house; set before the first thread starts

// The order of the locks: who takes several takes those of the seats first, the
// lower number before the higher, and sold_lock last.

// Protects sold. Who changes a holder changes sold while it still has the
// seat's lock: so nobody sees the one without the other.
static pthread_mutex_t sold_lock = PTHREAD_MUTEX_INITIALIZER;
static int sold; // seats that are held

static void lock_seat(int seat)
{
    pthread_mutex_lock(&seats[seat].lock);
}

static void unlock_seat(int seat)
{
    pthread_mutex_unlock(&seats[seat].lock);
}

// The two may be the same seat.
static void lock_both(int one, int other)
{
    lock_seat(one < other ? one : other);
    if (other != one)
        lock_seat(one < other ? other : one);
}

static void unlock_both(int one, int other)
{
    unlock_seat(one);
    if (other != one)
        unlock_seat(other);
}

// The caller holds the seat's lock.
static bool is_free(int seat)
{
    return seats[seat].holder[0] == '\0';
}

// The caller holds the seat's lock.
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
    for (int seat = 1; seat <= count; seat++)
        pthread_mutex_init(&seats[seat].lock, NULL); // always returns 0
}

int seats_count(void)
{
    return count;
}

enum seats_result seats_book(int seat, const char *name, char holder[NAME_SIZE])
{
    lock_seat(seat);
    if (!is_free(seat)) {
        strcpy(holder, seats[seat].holder);
        unlock_seat(seat);
        return SEATS_TAKEN;
    }
    strcpy(seats[seat].holder, name);
    count_sales(1);
    unlock_seat(seat);
    log_line("seat %d sold to %s", seat, name);
    return SEATS_OK;
}

enum seats_result seats_cancel(int seat, const char *name)
{
    lock_seat(seat);
    if (!is_held_by(seat, name)) {
        unlock_seat(seat);
        return SEATS_NOT_YOURS;
    }
    seats[seat].holder[0] = '\0';
    count_sales(-1);
    unlock_seat(seat);
    log_line("seat %d given back by %s", seat, name);
    return SEATS_OK;
}

// Gives `to` to the holder of `from`, and frees `from`. The caller holds the
// locks of both.
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
    lock_both(from, to);
    enum seats_result result = exchange(from, to, name, holder);
    unlock_both(from, to);
    if (result == SEATS_OK)
        log_line("%s moved from seat %d to seat %d", name, from, to);
    return result;
}

void seats_who(int seat, char holder[NAME_SIZE])
{
    lock_seat(seat);
    strcpy(holder, seats[seat].holder);
    unlock_seat(seat);
}

int seats_sold(void)
{
    pthread_mutex_lock(&sold_lock);
    int now = sold;
    pthread_mutex_unlock(&sold_lock);
    return now;
}

// A picture of one moment: nothing may change before all has been copied.
void seats_map(char map[SEATS_LIMIT + 1])
{
    for (int seat = 1; seat <= count; seat++)
        lock_seat(seat);
    for (int seat = 1; seat <= count; seat++)
        map[seat - 1] = is_free(seat) ? '.' : '#';
    for (int seat = 1; seat <= count; seat++)
        unlock_seat(seat);
    map[count] = '\0';
}
