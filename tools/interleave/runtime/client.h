// client: the clients of --client, in threads of their own.
//
// Each connects to the port that is listened on first, sends one request, waits
// for the reply, and so on. Every request is recorded with the steps of its
// call and its return.
#ifndef CLIENT_H
#define CLIENT_H

#include <stddef.h>

#include "thread.h"

// Starts them all: before main.
void client_begin_all(void);

// Nobody can go on but those who wait for time to pass: whether that goes on
// for ever, because nobody is there any more who could ask for something.
bool client_all_rest(void);

// Nobody can go on: whether that is as it should be. All clients are done, and
// the program waits for more.
bool client_ends_well(void);

// A client that still waits, or NULL.
const struct thread *client_that_waits(void);

// What input or output the thread waits for, in words; "": it waits for
// something else.
void client_say_wait(const struct thread *thread, char *text, size_t size);

#endif
