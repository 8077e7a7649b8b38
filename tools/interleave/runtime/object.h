// object: what is known of a mutex, a condition variable, a semaphore.
//
// Since one thread runs at a time, the program's own objects are not needed:
// everything that they would do is kept here, by their address.
#ifndef OBJECT_H
#define OBJECT_H

#include "thread.h"

struct object {
    uint64_t address;   // 0: an empty slot
    int holder;         // thread that holds it exclusively; NOBODY
    int depth;          // how often the holder has locked it
    int type;           // of a mutex: PTHREAD_MUTEX_...
    int readers;        // of a read-write lock
    int count;          // semaphore: its value; barrier: how many it waits for
    int arrived;        // barrier: how many are there
    uint32_t round;     // barrier: how often it has opened; condition variable:
                        // waits and signals so far
    int signals;        // condition variable: those that nobody has taken yet,
    uint32_t *signal;   // and the rounds that they came in; oldest first
    int missed;         // condition variable: signals that nobody waited for
    bool done, running; // once
    bool destroyed;     // at `where`
    bool robust;        // a mutex
    bool abandoned;     // its holder has ended: EOWNERDEAD
    bool lost;          // for ever: ENOTRECOVERABLE
    uint64_t where;     // pc where it was locked last
    struct clock clock; // what those who come later learn
    struct clock readers_clock; // what the next writer learns, too
};

enum { NOBODY = -1 };

// The object at that address; a new one, as a static initializer leaves it, if
// nothing is known of it.
struct object *object_at(const volatile void *address);

// The same, for what the program is about to use at pc. Ends the run if it was
// destroyed.
struct object *object_use(volatile void *memory, uint64_t pc);

// The program destroys it at pc. Ends the run if somebody holds it, or waits
// for it.
void object_destroy(volatile void *memory, uint64_t pc);

// Forgets what is known: it has been initialized anew.
struct object *object_renew(const volatile void *address);

// Ends the run: the program does with the object what it must not, at pc. In
// the text {object} is its name, {where} the place where it was locked.
noreturn void object_misuse(const struct object *object, uint64_t pc,
                            const char *text, ...)
    __attribute__((format(printf, 3, 4)));

// The object at that address, or NULL.
struct object *object_find(uint64_t address);

// The calling thread's clock goes into the object's; the thread learns from it.
void object_release(struct object *object);
void object_acquire(struct object *object);

// The calling thread now holds the object; no longer holds it.
void object_hold(struct object *object, uint64_t pc);
void object_let_go(struct object *object);

#endif
