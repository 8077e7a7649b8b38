// The seats of the house, shared by all threads. Each seat has a lock of its
// own, so that two clients who want different seats do not wait for each other.
// This is what lab 08 asks for, and two things more: who watches is told what
// happens; and MAP, which took every lock, copies a picture that has one.
#include "seats.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "log.h"
#include "seat_events.h"

static struct {
    pthread_mutex_t lock;   // protects holder
    char holder[NAME_SIZE]; // "" when the seat is free
} seats[SEATS_LIMIT + 1];   // seat 0 is not used

// Set before the first thread starts.
static int count; // seats in the house
static void (*tell)(enum seat_event event, int seat, const char *name);

// The order of the locks: who takes several takes those of the seats first, the
// lower number before the higher, and picture_lock last.

// Protects the picture. Who changes a holder changes the picture while it still
// has the seats' locks: so nobody sees the one without the other.
static pthread_mutex_t picture_lock = PTHREAD_MUTEX_INITIALIZER;
static int sold;                      // seats that are held
static char picture[SEATS_LIMIT + 1]; // what MAP answers

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

// The moment at which it happens: in one step `name` loses the one seat, if it
// is not 0, and gets the other one, if that is not 0. Whoever looks at the
// picture or hears of it finds all of it or nothing. The caller holds the locks
// of both.
static void publish(int freed, int taken, const char *name)
{
    pthread_mutex_lock(&picture_lock);
    if (freed != 0)
        picture[freed - 1] = '.';
    if (taken != 0)
        picture[taken - 1] = '#';
    sold += (taken != 0) - (freed != 0);
    if (tell != NULL && freed != 0)
        tell(SEAT_FREE, freed, name);
    if (tell != NULL && taken != 0)
        tell(SEAT_SOLD, taken, name);
    pthread_mutex_unlock(&picture_lock);
}

void seats_open(int seat_count)
{
    count = seat_count;
    for (int seat = 1; seat <= count; seat++)
        pthread_mutex_init(&seats[seat].lock, NULL); // always returns 0
    memset(picture, '.', (size_t)count);
}

void seats_tell(void (*told)(enum seat_event event, int seat, const char *name))
{
    tell = told;
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
    publish(0, seat, name);
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
    publish(seat, 0, name);
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
    publish(from, to, name);
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
    pthread_mutex_lock(&picture_lock);
    int now = sold;
    pthread_mutex_unlock(&picture_lock);
    return now;
}

void seats_map(char map[SEATS_LIMIT + 1])
{
    pthread_mutex_lock(&picture_lock);
    strcpy(map, picture);
    pthread_mutex_unlock(&picture_lock);
}
