// rest: when a run with clients is over.
//
// A server never ends by itself: it waits for its next client.
#ifndef REST_H
#define REST_H

#include "thread.h"

// Nobody can go on: whether that is as it should be. All clients are done, and
// the program waits for more.
bool rest_is_good(void);

// Nobody can go on but those who wait for time to pass: whether that goes on
// for ever, because nobody is there any more who could ask for something.
bool rest_is_for_ever(void);

// A client that is not done, or NULL.
const struct thread *rest_of_clients(void);

// There are clients, and none of them has ever connected.
bool rest_came_too_soon(void);

#endif
