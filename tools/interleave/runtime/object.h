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
    bool sync;          // a lock or the like: not an atomic variable
    bool made;          // by its initializer, at `born`
    bool typed;         // a mutex: `type` is known
    bool destroyed;     // at `where`
    bool gone;          // with the function whose variable it was
    bool robust;        // a mutex
    bool abandoned;     // its holder has ended: EOWNERDEAD
    bool lost;          // for ever: ENOTRECOVERABLE
    uint64_t where;     // pc where it was locked last
    uint64_t born;      // pc where it was initialized, or used first
    uint64_t partner;   // of a condition variable: the mutex of those who wait
    struct object *outer; // once: the one whose routine calls this one's
    struct object *next;  // on the same stack: see frames.h
    bool on_stack;
    struct clock clock;         // what those who come later learn
    struct clock readers_clock; // what the next writer learns, too
};

enum { NOBODY = -1 };

// The object at that address; a new one, as a static initializer leaves it, if
// nothing is known of it.
struct object *object_at(const volatile void *address);

// Forgets what is known: it has been initialized anew. What it counts in rounds
// goes on, for those who have not left it yet.
struct object *object_renew(const volatile void *address);

// Calls `look` for each object in that memory, in no order.
void object_each(uint64_t address, uint64_t size,
                 void (*look)(struct object *object, uint64_t pc), uint64_t pc);

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
