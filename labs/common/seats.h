// seats: who holds which seat. The state that all clients share.
//
// Seats are numbered from 1 to seats_count(). A name is 1 to 15 characters.
// The caller makes sure of both: session.c checks what clients send.
//
// What must always hold, whatever the clients do at the same time:
//   - a seat has at most one holder;
//   - seats_sold() is the number of seats that have a holder;
//   - every call takes effect at one moment between its start and its end.
//
// Whether the calls may be made from several threads depends on which seats.c
// is linked: the one in labs/common was written for one thread.
#ifndef SEATS_H
#define SEATS_H

enum {
    SEATS_LIMIT = 100, // a map of the house fits into one line
    NAME_SIZE = 16,    // 15 characters and the NUL
};

enum seats_result { SEATS_OK, SEATS_TAKEN, SEATS_NOT_YOURS };

// Opens a house of `count` seats, 1 to SEATS_LIMIT, all free. Call it once,
// before the first thread is created.
void seats_open(int count);

// Returns the number of seats in the house.
int seats_count(void);

// Gives a free seat to `name`: SEATS_OK. If it is held: SEATS_TAKEN, and
// `holder` says by whom.
enum seats_result seats_book(int seat, const char *name,
                             char holder[NAME_SIZE]);

// Frees a seat that `name` holds: SEATS_OK. Otherwise SEATS_NOT_YOURS.
enum seats_result seats_cancel(int seat, const char *name);

// In one step frees `from`, which `name` holds, and gives `to`, which is free:
// SEATS_OK. SEATS_NOT_YOURS if `name` does not hold `from`; else SEATS_TAKEN if
// `to` is held, and `holder` says by whom. Then nothing has changed.
enum seats_result seats_move(int from, int to, const char *name,
                             char holder[NAME_SIZE]);

// Copies the name of the seat's holder, or "" if the seat is free.
void seats_who(int seat, char holder[NAME_SIZE]);

// Returns how many seats are held.
int seats_sold(void);

// Writes one character a seat, '#' held or '.' free, and a NUL.
void seats_map(char map[SEATS_LIMIT + 1]);

#endif
