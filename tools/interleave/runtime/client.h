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

// What input or output the thread waits for, in words; "": it waits for
// something else.
void client_say_wait(const struct thread *thread, char *text, size_t size);

#endif
