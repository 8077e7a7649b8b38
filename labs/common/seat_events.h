// seat_events: what happens to the seats, for those who watch.
#ifndef SEAT_EVENTS_H
#define SEAT_EVENTS_H

enum seat_event { SEAT_SOLD, SEAT_FREE };

// Has `tell` called whenever a seat gets or loses its holder, `name`. It is
// called in the middle of that, at the very moment: the calls come one at a
// time, in the order in which things happen, and everybody who wants this seat,
// or a map, waits until it returns. It must not call anything of seats.h. MOVE
// makes two calls: FREE, then SOLD. Call this once, before the first thread is
// created; without it nothing is told.
void seats_tell(void (*tell)(enum seat_event event, int seat,
                             const char *name));

#endif
