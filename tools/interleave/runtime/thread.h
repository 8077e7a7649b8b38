// thread: the threads of the run, and what each is about to do.
#ifndef THREAD_H
#define THREAD_H

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdnoreturn.h>

#include "../conflict.h"
#include "../shared.h"
#include "clock.h"

enum {
    HELD_LIMIT = 64,     // locks that one thread holds at once
    EARLY_LIMIT = 16,    // so often its waiting may end early in a run
    CLEANUPS_LIMIT = 32, // cleanup handlers of one thread
};

// What a call does that a signal's handler has interrupted while it waited.
enum interrupt {
    INTERRUPT_NEVER,      // waits on
    INTERRUPT_UNLESS_SET, // fails, unless the handler has SA_RESTART
    INTERRUPT_ALWAYS,     // fails
};

struct thread;
struct object;

// What a thread is about to do at a scheduling point.
struct op {
    enum deed deed;
    uint8_t size;
    uint64_t object;
    uint64_t second; // another object that is touched, too; 0: none
    uint64_t pc;
    // Whether it can be done now; NULL: always. It may look at anything, and
    // changes nothing.
    bool (*enabled)(const struct thread *thread);
    uint64_t argument; // for `enabled`
    bool lazy;         // waits for time to pass: others come first
    int64_t deadline;  // until then, on the virtual clock; 0: not said
    bool cancels;      // a cancellation point
    enum interrupt interruptible;
    // Whether it can be done before what it waits for has come; NULL: no.
    bool (*early)(const struct thread *thread);
};

static inline struct touch op_touch(const struct op *op)
{
    return (struct touch){op->deed, op->size, op->object, op->second};
}

// A thread's last looks at what has not changed: see idle.c.
struct round {
    uint32_t since;   // so many changes there were
    uint64_t place;   // where its state was taken down,
    uint64_t state;   // which was this
    uint32_t looks;   // so many, since then,
    uint32_t times;   // and so many of them at the same place
    uint32_t renewed; // so often
    uint32_t period;  // comes round after so many times; 0: not known
    bool tries;       // to get a lock
    bool releases;    // one
};

struct thread {
    int number;
    char name[NAME_LIMIT];
    pthread_t real;
    atomic_int turn; // a futex: 1 when the baton is this thread's
    bool finished, detached, joined;
    bool is_client;   // of --client: no thread of the program
    int serves;       // the client whose requests it reads; 0: none
    bool interrupted; // by a signal, in its last op
    bool cancelled, cancel_disabled, cancel_at_once;
    bool ending; // runs its cleanup handlers
    bool frees;  // its write is no write of the program's, but free(3)
    void *(*start)(void *);
    void *argument, *result;

    struct op op;
    uint32_t points;
    uint32_t stack;       // the frame that it is in
    uint64_t pc;          // of its last access or op
    struct clock clock;   // what it knows
    struct clock pending; // what relaxed loads read: an acquire fence gets it
    struct clock fenced;  // what it knew at its last release fence
    uint64_t held[HELD_LIMIT];
    int held_count;
    uint32_t held_set;          // see held.h
    uint64_t low, high;         // its stack
    uint64_t top;               // where its functions' frames end
    uint64_t own_low, own_high; // its thread-local variables
    uint32_t born;              // steps when it started
    uint64_t priority;          // the strategy's
    struct round round;         // whether it goes round and round: see idle.h
    uint32_t reads;             // since its last scheduling point
    uint32_t hungry;      // so many decisions that could have been its own
    uint64_t waits_for;   // a condition variable
    uint32_t waits_since; // which round that was
    bool woken;           // by a broadcast
    uint64_t early[EARLY_LIMIT]; // places where its waiting has ended early
    int early_count;
    uint64_t created; // pc
    volatile uint64_t pending_signals;
    uint64_t blocked_signals;
    struct {
        void *buffer; // see cancel.c
        uint32_t stack;
    } cleanup[CLEANUPS_LIMIT];
    int cleanups;
    jmp_buf bottom;         // where its real thread can end
    const uint64_t *parked; // its frame when it last gave the baton away
    bool returned;          // main has
    struct object *locals;  // on its stack, by their addresses: see frames.h
    struct object *once;    // whose routine it runs, the innermost
};

extern struct thread *thread_all[THREADS_LIMIT];
extern int thread_count;
extern __thread struct thread *thread_self;
extern struct thread *thread_running; // who has the baton

// Makes the thread that runs main the first one.
void thread_init(void);

// Starts a thread, which has the caller's knowledge and is about to do `op`.
// Returns 0 or an error number; then there is no such thread.
int thread_start(struct thread *thread, const pthread_attr_t *attributes,
                 struct op op);

// As pthread_create(3), pthread_join(3) and pthread_detach(3), called at pc.
int thread_create(pthread_t *id, const pthread_attr_t *attributes,
                  void *(*start)(void *), void *argument, uint64_t pc);
int thread_join(pthread_t id, void **result, uint64_t pc);
int thread_detach(pthread_t id, uint64_t pc);

// A thread that has not been started, the next one by number. Ends the run if
// there are too many.
struct thread *thread_new(void *(*start)(void *), void *argument);

// The thread with that pthread_t, or NULL. Ids are used again after a thread
// has been joined, so the last one counts.
struct thread *thread_find(pthread_t real);

// Ends the calling thread's part in the run: destructors of its keys, then the
// others go on. The caller must leave without any further scheduling point.
void thread_finish(void *result);

// The real thread ends, after thread_finish.
noreturn void thread_return(void);

// Learns what it is called: pthread_setname_np(3).
void thread_rename(struct thread *thread, const char *name);

// What the thread is called until it takes a name: main, T1, T2, ...
void thread_default_name(const struct thread *thread, char name[NAME_LIMIT]);

// The calling thread goes on to a new epoch: what it did until now can be told
// from what it does later.
void thread_tick(void);

#endif
