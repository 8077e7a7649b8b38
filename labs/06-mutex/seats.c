// The seats of the house, written for one client at a time.
//
// The comments that begin with @ are anchors: schedules and handouts point to
// these lines by name.
#include "seats.h"

#include <stdbool.h>
#include <string.h>

#include "log.h"

static struct {
    char holder[NAME_SIZE]; // "" when the seat is free
} seats[SEATS_LIMIT + 1];   // seat 0 is not used

static int count; // seats in the house
static int sold;  // seats that are held

static bool is_free(int seat)
{
    return seats[seat].holder[0] == '\0';
}

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

enum seats_result seats_book(int seat, const char *name, char holder[NAME_SIZE])
{
    if (!is_free(seat)) { // @check
        strcpy(holder, seats[seat].holder);
        return SEATS_TAKEN;
    }
    strcpy(seats[seat].holder, name); // @act
    sold++;                           // @count
    log_line("seat %d sold to %s", seat, name);
    return SEATS_OK;
}

enum seats_result seats_cancel(int seat, const char *name)
{
    if (!is_held_by(seat, name))
        return SEATS_NOT_YOURS;
    seats[seat].holder[0] = '\0';
    sold--;
    log_line("seat %d given back by %s", seat, name);
    return SEATS_OK;
}

enum seats_result seats_move(int from, int to, const char *name,
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
    log_line("%s moved from seat %d to seat %d", name, from, to);
    return SEATS_OK;
}

void seats_who(int seat, char holder[NAME_SIZE])
{
    strcpy(holder, seats[seat].holder);
}

int seats_sold(void)
{
    return sold;
}

void seats_map(char map[SEATS_LIMIT + 1])
{
    for (int seat = 1; seat <= count; seat++)
        map[seat - 1] = is_free(seat) ? '.' : '#';
    map[count] = '\0';
}
